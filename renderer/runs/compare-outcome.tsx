import { TermLabel } from '../glossary/term-mark';
import { t } from '../strings/strings';
import styles from './compare.module.css';
import type { ComparedRun } from './compare-store';
import { COLUMNS } from './run-columns';
import { RunLetter } from './run-letter';

/** What some runs came to; the least error of each line is marked. */
export function CompareOutcome({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const rows = COLUMNS.filter(({ id }) => id !== 'name' && id !== 'design');
  return (
    <section aria-label={t('compare.outcome')}>
      <h3 className={styles.title}>{t('compare.outcome')}</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" aria-label={t('compare.setting')} />
            {runs.map(({ letter, run }) => (
              <th key={run.id} scope="col">
                <RunLetter letter={letter} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, label, help, value, text }) => {
            const isError = id === 'validation' || id === 'test';
            const found = runs.flatMap(({ run }) => (isError ? (value(run) ?? []) : []));
            const least = Math.min(...found.map(Number));
            return (
              <tr key={id}>
                <th scope="row" title={help}>
                  <TermLabel label={label} />
                </th>
                {runs.map(({ run }) => (
                  <td key={run.id} data-best={isError && found.length > 1 && value(run) === least}>
                    {text(run)}
                  </td>
                ))}
              </tr>
            );
          })}
          <tr>
            <th scope="row">
              <TermLabel label={t('runs.facts.parameters')} />
            </th>
            {runs.map(({ run }) => (
              <td key={run.id}>{run.parameterCount.toLocaleString('en')}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}
