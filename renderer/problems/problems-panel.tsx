import { CircleAlert, TriangleAlert } from 'lucide-react';
import row from '../app/row-button.module.css';
import { select } from '../state/document-store';
import { useDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { CheckLine } from './check-line';
import { FixButtons } from './fix-buttons';
import { useProblems } from './problems';
import styles from './problems-panel.module.css';

/** Everything wrong with the drawing; pressing a line selects what it is about. */
export function ProblemsPanel() {
  const { nodes } = useDrawing();
  const problems = useProblems();
  if (problems.length === 0) {
    return (
      <>
        <CheckLine />
        <div className={styles.none}>{t('problems.none')}</div>
      </>
    );
  }
  const labels = new Map(
    nodes.map((node) => [node.id, node.label === node.kindLabel ? `${node.label} ${node.id}` : node.label]),
  );
  const sorted = [...problems].sort(
    (a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'),
  );
  return (
    <div className={styles.panel}>
      <CheckLine />
      <ul className={styles.list} aria-label={t('problems.list')}>
        {sorted.map((problem) => {
          const place = problem.where?.nodeId ?? problem.where?.wireId;
          const Icon = problem.severity === 'error' ? CircleAlert : TriangleAlert;
          return (
            <li key={`${problem.code} ${place} ${problem.where?.param} ${problem.message}`}>
              <button
                type="button"
                className={`${row.row} ${styles.row}`}
                data-severity={problem.severity}
                onClick={() => select(place ? [place] : [])}
              >
                <Icon
                  size={14}
                  className={styles.icon}
                  aria-label={t(problem.severity === 'error' ? 'problems.error' : 'problems.warning')}
                />
                <span>
                  {problem.message} <span className={styles.hint}>{problem.hint}</span>
                </span>
                <span className={styles.place}>
                  {place ? (labels.get(place) ?? place) : t('problems.settings')}
                </span>
              </button>
              <div className={styles.fixes}>
                <FixButtons problem={problem} />
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
