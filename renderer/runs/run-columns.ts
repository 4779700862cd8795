import type { KeptRun } from '../../shared/ipc/contract';
import { formatDuration, formatError } from '../run/format';
import { t } from '../strings/strings';
import { nameOfRun } from './run-name';

/** A column of the table of runs. */
interface RunColumn {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** What it is sorted by; null comes last either way. */
  readonly value: (run: KeptRun) => number | string | null;
  readonly text: (run: KeptRun) => string;
  readonly title?: (run: KeptRun) => string;
  /** Whether the largest come first when it is sorted by for the first time. */
  readonly descending: boolean;
  /** Whether the run does better there than PCA; undefined where that can't be said. */
  readonly beats?: (run: KeptRun) => boolean | undefined;
}

type ErrorId = 'loss' | 'validation' | 'pca' | 'test';

function errorColumn<I extends ErrorId>(
  id: I,
  value: (run: KeptRun) => number | null,
  rival?: (run: KeptRun) => number | null,
): RunColumn & { readonly id: I } {
  return {
    id,
    label: t(`runs.columns.${id as ErrorId}`),
    help: t(`runs.help.${id as ErrorId}`),
    value,
    text: (run) => formatError(value(run)),
    descending: false,
    ...(rival && { beats: (run: KeptRun) => isBelow(value(run), rival(run)) }),
  };
}

function isBelow(own: number | null, other: number | null): boolean | undefined {
  return own === null || other === null ? undefined : own < other;
}

export const COLUMNS = [
  {
    id: 'name',
    label: t('runs.columns.name'),
    help: t('runs.help.name'),
    value: (run) => nameOfRun(run).toLowerCase(),
    text: nameOfRun,
    descending: false,
  },
  {
    id: 'ended',
    label: t('runs.columns.ended'),
    help: t('runs.help.ended'),
    value: ({ ended }) => ended,
    text: ({ ended }) => shortDate(new Date(ended), new Date()),
    title: ({ ended }) => new Date(ended).toLocaleString('en-GB'),
    descending: true,
  },
  {
    id: 'design',
    label: t('runs.columns.design'),
    help: t('runs.help.design'),
    value: ({ codeSize }) => codeSize,
    text: ({ codeSize, parameterCount }) => `${codeSize} · ${shortCount(parameterCount)}`,
    title: ({ codeSize, parameterCount, data }) =>
      t('runs.designTitle', {
        size: codeSize,
        parameters: parameterCount.toLocaleString('en'),
        data: data.name,
      }),
    descending: false,
  },
  {
    ...errorColumn('loss', ({ loss }) => loss.validation ?? loss.training),
    title: ({ lossName, loss }: KeptRun) =>
      t(loss.validation === null ? 'runs.trainingLossOf' : 'runs.validationLossOf', { loss: lossName }),
  },
  errorColumn(
    'validation',
    ({ mse }) => mse.validation,
    ({ mse }) => mse.pcaValidation,
  ),
  errorColumn('pca', ({ mse }) => mse.pcaValidation),
  errorColumn(
    'test',
    ({ mse }) => mse.test,
    ({ mse }) => mse.pcaTest,
  ),
  {
    id: 'epochs',
    label: t('runs.columns.epochs'),
    help: t('runs.help.epochs'),
    value: ({ epochs }) => epochs[0],
    text: ({ epochs: [done, all] }) => (done === all ? String(done) : `${done}/${all}`),
    descending: true,
  },
  {
    id: 'seconds',
    label: t('runs.columns.seconds'),
    help: t('runs.help.seconds'),
    value: ({ seconds }) => seconds,
    text: ({ seconds }) => formatDuration(seconds),
    descending: true,
  },
] as const satisfies readonly RunColumn[];

export type ColumnId = (typeof COLUMNS)[number]['id'];

/** The runs that are looked for, in the order of a column; runs that have nothing there come last. */
export function arranged(
  runs: readonly KeptRun[],
  {
    query,
    starredOnly,
    sort,
  }: {
    readonly query: string;
    readonly starredOnly: boolean;
    readonly sort: { readonly column: string; readonly descending: boolean };
  },
): KeptRun[] {
  const columns: readonly RunColumn[] = COLUMNS;
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const value = columns.find(({ id }) => id === sort.column)?.value ?? (({ ended }: KeptRun) => ended);
  const sign = sort.descending ? -1 : 1;
  return runs
    .filter((run) => {
      const text = `${nameOfRun(run)} ${run.document.name} ${run.data.name} ${run.ending}`.toLowerCase();
      return (!starredOnly || run.starred) && words.every((word) => text.includes(word));
    })
    .sort((a, b) => {
      const [left, right] = [value(a), value(b)];
      if (left === null || right === null) return Number(left === null) - Number(right === null);
      if (left === right) return b.ended - a.ended;
      return sign * (left < right ? -1 : 1);
    });
}

/** The time of today's, the day of others. */
export function shortDate(date: Date, now: Date): string {
  const isToday = date.toDateString() === now.toDateString();
  if (isToday) return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const isThisYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: '2-digit' }),
  });
}

/** `950`, `235k`, `1.2M`. */
function shortCount(count: number): string {
  if (count < 1000) return String(count);
  const [unit, letter] = count < 1e6 ? [1e3, 'k'] : [1e6, 'M'];
  return `${Number((count / unit).toPrecision(3))}${letter}`;
}
