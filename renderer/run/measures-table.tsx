import { measures } from '../../shared/measures/catalogue';
import { taskOf } from '../../shared/tasks/catalogue';
import { TermLabel } from '../glossary/term-mark';
import { t } from '../strings/strings';
import { formatMeasure } from './format';
import styles from './measures-table.module.css';
import type { RunView } from './run-record';
import { useRun } from './run-store';

type Figures = Partial<Record<(typeof measures)[number]['type'], number>>;

interface Group {
  readonly title: string;
  readonly help: string;
  readonly model: Figures;
  /** In the order of the rivals. */
  readonly others: readonly (Figures | null | undefined)[];
}

/** What the model has to beat. */
interface Rival {
  readonly label: string;
  readonly help: string;
}

const PCA: Rival = {
  label: t('run.measures.pca'),
  help: t('run.measures.pcaHelp'),
};

/** What a finished run came to, by every measure, with the task's baseline and PCA beside it, where there are such. */
export function MeasuresTable({ view }: { readonly view: RunView | null }) {
  const drawing = useRun((state) => state.document);
  const baseline = (hasBaseline(view) && drawing && taskOf(drawing.task.kind).baseline) || null;
  const groups = groupsOf(view, baseline !== null);
  if (groups.length === 0) return null;
  const rivals = [...(baseline ? [baseline] : []), ...(baseline && !view?.pca ? [] : [PCA])];
  return (
    <table className={styles.table} aria-label={t('run.measures.label')}>
      <thead>
        <tr>
          <th scope="col">
            <span className={styles.unseen}>{t('run.measures.measure')}</span>
          </th>
          <th scope="col">{t('run.measures.model')}</th>
          {rivals.map(({ label, help }) => (
            <th key={label} scope="col" title={help}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.title}>
          <tr>
            <th scope="rowgroup" colSpan={2 + rivals.length} className={styles.group} title={group.help}>
              {group.title}
            </th>
          </tr>
          {measures
            .filter(({ type }) => group.model[type] !== undefined)
            .map(({ type, label, brief, unit, better, help }) => (
              <tr key={type}>
                <th scope="row" title={`${label}. ${help}`}>
                  <TermLabel label={brief} shown={unit ? `${brief}, ${unit}` : brief} />
                </th>
                <td
                  data-beaten={rivals.every((_, at) =>
                    beats(group.model[type], group.others[at]?.[type], better),
                  )}
                >
                  {formatMeasure(group.model[type], unit)}
                </td>
                {rivals.map(({ label }, at) => (
                  <td key={label}>{formatMeasure(group.others[at]?.[type], unit)}</td>
                ))}
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}

function hasBaseline(view: RunView | null): boolean {
  return (view?.final?.validation?.baseline ?? view?.final?.test?.baseline) !== undefined;
}

function groupsOf(view: RunView | null, isCompared: boolean): Group[] {
  const { validation, test } = view?.final ?? {};
  const pca = view?.pca ?? null;
  const groups: Group[] = [];
  if (validation?.measures) {
    groups.push({
      title: t('run.measures.validation'),
      help: t('run.measures.validationHelp'),
      model: validation.measures,
      others: [...(isCompared ? [validation.baseline] : []), pca?.validation.measures],
    });
  }
  if (test) {
    groups.push({
      title: t('run.measures.test'),
      help: t('run.measures.testHelp'),
      model: test.measures,
      others: [...(isCompared ? [test.baseline] : []), pca?.test?.measures],
    });
  }
  return groups;
}

function beats(model: number | undefined, other: number | undefined, better: 'lower' | 'higher'): boolean {
  if (model === undefined || other === undefined) return false;
  return better === 'lower' ? model < other : model > other;
}
