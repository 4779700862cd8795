import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { areaUnderRoc, bestCutOff, percentile, ratesAt, shareAbove } from '../../shared/anomalies/roc';
import panel from '../app/panel.module.css';
import { TermLabel } from '../glossary/term-mark';
import { NumberField } from '../inspector/number-field';
import { useRun } from '../run/run-store';
import { t } from '../strings/strings';
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
  const of = (normalGroup(groups)?.label ?? '').toLowerCase();
  return (
    <section aria-label={t('errors.cutOff.label')} className={styles.cutOffSection}>
      <div className={styles.cutOffLine}>
        <label htmlFor="cut-off-percentile" title={t('errors.cutOff.percentileHelp', { group: of })}>
          {t('errors.cutOff.percentile')}
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
            title={t('errors.cutOff.bestHelp')}
            onClick={() => setCutOff(bestCutOff(labelled).cutOff)}
          >
            {t('errors.cutOff.best')}
          </Button>
        )}
      </div>
      {rates && area !== null && (
        <dl className={panel.facts} aria-label={t('errors.cutOff.does')}>
          <dt title={t('errors.cutOff.ratesHelp', { group: of })}>{t('errors.cutOff.rates')}</dt>
          <dd>
            {formatShare(rates.truePositiveRate)} / {formatShare(rates.falsePositiveRate)}
          </dd>
          <dt>
            <TermLabel label={t('errors.cutOff.auc')} />
          </dt>
          <dd data-beaten={pcaArea !== undefined && area > pcaArea}>{area.toFixed(3)}</dd>
          {pcaArea !== undefined && (
            <>
              <dt title={t('errors.cutOff.pcaHelp')}>{t('errors.cutOff.pca')}</dt>
              <dd>{pcaArea.toFixed(3)}</dd>
            </>
          )}
        </dl>
      )}
    </section>
  );
}
