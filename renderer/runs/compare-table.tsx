import { formatError } from '../run/format';
import { t } from '../strings/strings';
import styles from './compare.module.css';
import { type ComparedFigure, lineOf, tableOf } from './compare-lines';
import type { ComparedRun } from './compare-store';
import { LetteredHeads } from './lettered-heads';

/** The curves in figures: what each run had come to after an epoch. */
export function CompareTable({
  runs,
  figure,
}: {
  readonly runs: readonly ComparedRun[];
  readonly figure: ComparedFigure;
}) {
  const rows = tableOf(runs.map(({ history, run }) => lineOf(history, run.stepsPerEpoch, figure)));
  return (
    <section
      className={styles.chart}
      style={{ overflowY: 'auto' }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls and holds nothing to be focused is scrolled by keys this way
      tabIndex={0}
      aria-label={t('compare.table')}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('compare.axisEpoch')}</th>
            <LetteredHeads designs={runs} />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ epoch, values }) => (
            <tr key={epoch}>
              <th scope="row">{epoch.toLocaleString('en')}</th>
              {values.map((value, at) => (
                <td key={runs[at]?.letter}>{value === null ? '–' : formatError(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
