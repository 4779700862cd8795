import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { LoadControl } from '../dataset';
import { throwIfCancelled } from '../load-limits';
import type { SampleBlock, SampleStream, StreamUse } from '../sample-stream';
import { columnsOfModel } from './columns-of-model';
import { NumberRows } from './number-rows';
import { chooseColumns, openSource, type TableUse } from './open-table';
import { RowLabels } from './row-labels';
import type { TableSource } from './table-source';

/**
 * A table as `openTable` reads it, a block at a time.
 *
 * @throws ProblemError
 */
export async function streamTable(
  path: string,
  reference: TableUse,
  { columns }: Pick<StreamUse, 'columns'>,
): Promise<SampleStream> {
  const source = await openSource(path, reference);
  const chosen = columns
    ? columnsOfModel(source.columns, columns, reference.label, path)
    : { ...chooseColumns(source.columns, reference, path), note: null };
  const { label, used, note } = chosen;
  return {
    name: basename(path),
    dtype: 'float32',
    shape: reference.series ? [used.length, 1] : [used.length],
    count: source.count,
    splits: ['train'],
    labels: label === null ? null : 'text',
    named: false,
    columns: used.map((place) => source.columns[place] ?? ''),
    notes: [...source.notes, ...(note === null ? [] : [note])],
    blocks: (rows, control = {}) => tableBlocks(path, source, chosen, rows, control),
  };
}

async function* tableBlocks(
  path: string,
  source: TableSource,
  { label, used }: { readonly label: number | null; readonly used: readonly number[] },
  rows: number,
  control: LoadControl,
): AsyncIterable<SampleBlock> {
  const names = used.map((place) => source.columns[place] ?? '');
  const numbers = new NumberRows(path, names, source.decimalComma, control);
  const classes = label === null ? null : new RowLabels(path, source.columns[label] ?? '');
  let labels: string[] = [];
  const block = (): SampleBlock => {
    const [count, own] = [numbers.held, labels];
    labels = [];
    return { split: 'train', count, values: numbers.take(), labels: classes && own, names: null };
  };
  for await (const batch of source.rows(label === null ? used : [...used, label], control)) {
    for (const { cells, line } of batch) {
      numbers.add(label === null ? cells : cells.slice(0, used.length), line);
      if (classes) labels.push(classes.classIn(cells[used.length] ?? null, numbers.count, line));
      if (numbers.held < rows) continue;
      // What is no number is counted to the end, and nothing more is handed out.
      if (numbers.areNumbers) yield block();
      else block();
    }
    await setImmediate();
    throwIfCancelled(control);
  }
  numbers.check();
  if (numbers.held > 0) yield block();
}
