import { Button } from '@mantine/core';
import panel from '../app/panel.module.css';
import { select } from '../state/document-store';
import { t } from '../strings/strings';
import styles from './run-panel.module.css';
import type { RunView } from './run-record';

/** Why the run failed, and where. */
export function RunFailure({ view }: { readonly view: RunView }) {
  const failure = view.failure;
  if (!failure) return null;
  const nodeId = failure.where?.nodeId;
  return (
    <div className={`${panel.failure} ${styles.failure}`} role="alert">
      <p>{failure.message}</p>
      <p>{failure.hint}</p>
      {nodeId && (
        <Button variant="subtle" mt={4} onClick={() => select([nodeId])}>
          {t('run.showBlock')}
        </Button>
      )}
    </div>
  );
}
