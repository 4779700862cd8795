import { Modal } from '@mantine/core';
import { t } from '../strings/strings';
import styles from './compare.module.css';
import { CompareChart } from './compare-chart';
import { CompareDesigns } from './compare-designs';
import { CompareOutcome } from './compare-outcome';
import { CompareSamples } from './compare-samples';
import { CompareSettings } from './compare-settings';
import { closeComparison, useCompare } from './compare-store';

/**
 * Two or more designs side by side, those of kept runs among them: designs and settings, and of those that were trained curves,
 * outcome and the same samples.
 */
export function CompareDialog() {
  const { isOpen, designs, runs, failure } = useCompare();
  const count = designs?.length ?? 0;
  return (
    <Modal
      opened={isOpen}
      onClose={closeComparison}
      title={t(runs.length === count ? 'compare.title' : 'compare.titleDesigns', { count })}
      size="min(1180px, calc(100vw - 40px))"
      yOffset={20}
      transitionProps={{ duration: 0 }}
    >
      {failure && <p role="alert">{[failure.message, failure.hint].filter(Boolean).join(' ')}</p>}
      {!designs && !failure && <p>{t('compare.reading')}</p>}
      {designs && (
        <div className={styles.comparison}>
          {runs.length > 0 && <CompareChart runs={runs} />}
          {runs.length > 0 && <CompareOutcome runs={runs} />}
          <CompareDesigns designs={designs} />
          <CompareSettings designs={designs} />
          {runs.length > 0 && <CompareSamples runs={runs} />}
        </div>
      )}
    </Modal>
  );
}
