import { Modal } from '@mantine/core';
import { t } from '../strings/strings';
import styles from './compare.module.css';
import { CompareChart } from './compare-chart';
import { CompareDesigns } from './compare-designs';
import { CompareOutcome } from './compare-outcome';
import { CompareSamples } from './compare-samples';
import { CompareSettings } from './compare-settings';
import { closeComparison, useCompare } from './compare-store';

/** Two or more kept runs side by side: curves, outcome, settings, designs, and the same samples. */
export function CompareDialog() {
  const { isOpen, runs, failure } = useCompare();
  return (
    <Modal
      opened={isOpen}
      onClose={closeComparison}
      title={t('compare.title', { count: runs?.length ?? 0 })}
      size="min(1180px, calc(100vw - 40px))"
      yOffset={20}
      transitionProps={{ duration: 0 }}
    >
      {failure && <p role="alert">{[failure.message, failure.hint].filter(Boolean).join(' ')}</p>}
      {!runs && !failure && <p>{t('compare.reading')}</p>}
      {runs && (
        <div className={styles.comparison}>
          <CompareChart runs={runs} />
          <CompareOutcome runs={runs} />
          <CompareDesigns runs={runs} />
          <CompareSettings runs={runs} />
          <CompareSamples runs={runs} />
        </div>
      )}
    </Modal>
  );
}
