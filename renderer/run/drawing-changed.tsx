import { Button } from '@mantine/core';
import { designOnCanvas } from '../runs/run-design';
import { hashOf, useDocumentHash } from '../state/document-hash';
import { t } from '../strings/strings';
import styles from './run-panel.module.css';
import type { RunView } from './run-record';
import { useRun } from './run-store';

/** Said where the drawing on the canvas is no longer the one that was trained, with the way back to that. */
export function DrawingChanged({ view }: { readonly view: RunView | null }) {
  const now = useDocumentHash();
  const trained = useRun((state) => state.document);
  const hash = trained ? hashOf(trained) : view?.summary?.documentHash;
  if (!view || hash === undefined || hash === now) return null;
  return (
    <div className={styles.changed} role="status" aria-label={t('runs.changedLabel')}>
      {t('runs.changed')}
      {trained && (
        <Button variant="subtle" ml={4} onClick={() => designOnCanvas(trained)}>
          {t('runs.backToIt')}
        </Button>
      )}
    </div>
  );
}
