import { measures } from '../../shared/measures/catalogue';
import { formatMeasure } from './format';
import styles from './measures-table.module.css';
import type { RunView } from './run-record';

type Figures = Partial<Record<(typeof measures)[number]['type'], number>>;

interface Group {
  readonly title: string;
  readonly help: string;
  readonly model: Figures;
  readonly pca: Figures | null;
}

/** What a finished run came to, by every measure, with PCA of as many components beside it. */
export function MeasuresTable({ view }: { readonly view: RunView | null }) {
  const groups = groupsOf(view);
  if (groups.length === 0) return null;
  return (
    <table className={styles.table} aria-label="Measures">
      <thead>
        <tr>
          <th scope="col">
            <span className={styles.unseen}>Measure</span>
          </th>
          <th scope="col">Model</th>
          <th scope="col" title="PCA with as many components as the code has values: the line to beat">
            PCA
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.title}>
          <tr>
            <th scope="rowgroup" colSpan={3} className={styles.group} title={group.help}>
              {group.title}
            </th>
          </tr>
          {measures
            .filter(({ type }) => group.model[type] !== undefined)
            .map(({ type, label, brief, unit, better, help }) => (
              <tr key={type}>
                <th scope="row" title={`${label}. ${help}`}>
                  {unit ? `${brief}, ${unit}` : brief}
                </th>
                <td data-beaten={beats(group.model[type], group.pca?.[type], better)}>
                  {formatMeasure(group.model[type], unit)}
                </td>
                <td>{formatMeasure(group.pca?.[type], unit)}</td>
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}

function groupsOf(view: RunView | null): Group[] {
  const { validation, test } = view?.final ?? {};
  const pca = view?.pca ?? null;
  const groups: Group[] = [];
  if (validation?.measures) {
    groups.push({
      title: 'Validation samples',
      help: 'Samples held out of training.',
      model: validation.measures,
      pca: pca?.validation.measures ?? null,
    });
  }
  if (test) {
    groups.push({
      title: 'Test set',
      help: 'Samples that no decision was based on.',
      model: test.measures,
      pca: pca?.test?.measures ?? null,
    });
  }
  return groups;
}

function beats(model: number | undefined, pca: number | undefined, better: 'lower' | 'higher'): boolean {
  if (model === undefined || pca === undefined) return false;
  return better === 'lower' ? model < pca : model > pca;
}
