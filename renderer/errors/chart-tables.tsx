import { memo } from 'react';
import type { Histogram } from '../../shared/anomalies/histogram';
import { type LabelledErrors, rocOf } from '../../shared/anomalies/roc';
import { formatError } from '../run/format';
import { t } from '../strings/strings';
import type { ErrorGroup } from './error-groups';
import styles from './errors-panel.module.css';
import { formatShare } from './format-share';

/** The histogram for those who can't see it: how many samples of each group have an error in each bin. */
export function HistogramTable({
  histogram: { edges, counts },
  groups,
}: {
  readonly histogram: Histogram;
  readonly groups: readonly ErrorGroup[];
}) {
  return (
    <table className={styles.unseen}>
      <caption>{t('errors.histogramTable')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('errors.from')}</th>
          <th scope="col">{t('errors.to')}</th>
          {groups.map(({ name, label }) => (
            <th key={name} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {edges.slice(0, -1).map((edge, bin) => (
          <tr key={edge}>
            <th scope="row">{formatError(edge)}</th>
            <td>{formatError(edges[bin + 1] ?? edge)}</td>
            {groups.map(({ name }, at) => (
              <td key={name}>{(counts[at]?.[bin] ?? 0).toLocaleString('en')}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** False positive rates that the table of the curve tells of. */
const RATES = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1];

/** The ROC curve for those who can't see it: the best true positive rate at most so many false alarms away. */
export const RocTable = memo(function RocTable({ errors }: { readonly errors: LabelledErrors }) {
  const points = rocOf(errors);
  return (
    <table className={styles.unseen}>
      <caption>{t('errors.rocTable')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('errors.falsePositives')}</th>
          <th scope="col">{t('errors.truePositives')}</th>
        </tr>
      </thead>
      <tbody>
        {RATES.map((rate) => {
          const reached = points.filter(({ falsePositiveRate }) => falsePositiveRate <= rate);
          const best = reached.reduce((most, { truePositiveRate }) => Math.max(most, truePositiveRate), 0);
          return (
            <tr key={rate}>
              <th scope="row">{formatShare(rate)}</th>
              <td>{formatShare(best)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
});
