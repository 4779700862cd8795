import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { areaUnderRoc, bestCutOff, percentile, ratesAt, shareAbove } from '../../shared/anomalies/roc';
import panel from '../app/panel.module.css';
import { TermLabel } from '../glossary/term-mark';
import { NumberField } from '../inspector/number-field';
import { useRun } from '../run/run-store';
import { anomalousGroup, normalGroup } from './error-groups';
import styles from './errors-panel.module.css';
import { setCutOff, useErrors } from './errors-store';
import { formatShare } from './format-share';

/** Where the cut-off is, how else to set it, and, where it is known which samples are anomalous, how well it does. */
export function CutOffSection() {
  const groups = useErrors((state) => state.groups);
  const cutOff = useErrors((state) => state.cutOff);
  const pcaArea = useRun((state) => state.view?.pca?.auc);
  const normal = normalGroup(groups)?.errors;
  const anomalous = anomalousGroup(groups)?.errors;
  const labelled = useMemo(() => (normal && anomalous ? { normal, anomalous } : null), [normal, anomalous]);
  const area = useMemo(() => labelled && areaUnderRoc(labelled), [labelled]);
  if (!normal) return null;
  const below = 100 * (1 - shareAbove(normal, cutOff));
  const rates = labelled && ratesAt(labelled, cutOff);
  const of = normalGroup(groups)?.label.toLowerCase();
  return (
    <section aria-label="Cut-off" className={styles.cutOffSection}>
      <div className={styles.cutOffLine}>
        <label
          htmlFor="cut-off-percentile"
          title={`The share of the ${of} samples that stay below the cut-off`}
        >
          Percentile
        </label>
        <NumberField
          id="cut-off-percentile"
          value={Math.round(10 * below) / 10}
          min={0}
          max={100}
          step={1}
          unit="%"
          onChange={(value) => setCutOff(percentile(normal, value / 100))}
        />
        {labelled && (
          <Button
            variant="default"
            title="Where true and false positive rate are farthest apart (Youden 1950)"
            onClick={() => setCutOff(bestCutOff(labelled).cutOff)}
          >
            Best by labels
          </Button>
        )}
      </div>
      {rates && area !== null && (
        <dl className={panel.facts} aria-label="What the cut-off does">
          <dt
            title={`Flagged: the share of the excluded samples, as they should be, and the share of the ${of} ones, which are normal`}
          >
            True / false positives
          </dt>
          <dd>
            {formatShare(rates.truePositiveRate)} / {formatShare(rates.falsePositiveRate)}
          </dd>
          <dt>
            <TermLabel label="ROC AUC" />
          </dt>
          <dd data-beaten={pcaArea !== undefined && area > pcaArea}>{area.toFixed(3)}</dd>
          {pcaArea !== undefined && (
            <>
              <dt title="Of PCA with as many components as the code has values: the line to beat">
                AUC of PCA
              </dt>
              <dd>{pcaArea.toFixed(3)}</dd>
            </>
          )}
        </dl>
      )}
    </section>
  );
}
