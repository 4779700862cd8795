import { resolve } from 'node:path';
import { builtinSets } from '../../main/data/builtin/builtin-sets';
import { openDataset, referenceFor } from '../../main/data/open-dataset';
import { labelName } from '../../main/data/share-out';
import { formatShape } from '../../shared/tensors/shape';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';
import { textTable } from './text-table';

/** `hourglass datasets`: the sets that need no file. */
export function datasets(io: CliIo): number {
  const count = (value: number) => value.toLocaleString('en');
  const rows = builtinSets.map((set) => [
    set.name,
    formatShape(set.shape),
    count(set.labelNames.length),
    count(set.defaultCount),
    `${count(set.smallestCount)}–${count(set.largestCount)}`,
  ]);
  io.out(textTable([['name', 'shape', 'classes', 'samples', 'can be drawn'], ...rows], [2, 3, 4]));
  for (const { name, description, labelNames } of builtinSets) {
    io.out(`\n${name}: ${description}\n  ${labelNames.join(', ')}\n`);
  }
  return EXIT.ok;
}

/** `hourglass datasets PATH`: what lies there, how it would be read, and what is in it. @throws ProblemError */
export async function describeDataset(path: string, io: CliIo): Promise<number> {
  const reference = await referenceFor(resolve(io.workingFolder, path));
  const { train, test, range, labelNames, columns, notes } = await openDataset(reference, null);
  const count = (value: number) => value.toLocaleString('en');
  const rows = [
    ['kind', reference.kind],
    ['samples', `${count(train.count)}${test ? ` to train, ${count(test.count)} to test` : ''}`],
    ['shape', formatShape(train.shape)],
    ['values', `${train.dtype}, ${range.map((value) => Number(value.toPrecision(4))).join(' to ')}`],
  ];
  if (columns) rows.push(['columns', shortList(columns.used)]);
  if (reference.kind === 'table') {
    const { label, scaling } = reference;
    rows.push(['label', typeof label === 'string' ? label : label.column], ['scaling', scaling]);
  }
  if (train.labels) rows.push(['labels', shortList(labelCounts(train.labels, labelNames))]);
  io.out(textTable(rows));
  for (const note of notes) io.out(`${note}\n`);
  return EXIT.ok;
}

/** `1 (292)`: every label with how many samples have it. */
function labelCounts(labels: Int32Array, names: readonly string[] | null): string[] {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([label, count]) => `${labelName(label, names)} (${count.toLocaleString('en')})`);
}

function shortList(entries: readonly string[]): string {
  const more = entries.length > 20 ? `, … (${entries.length.toLocaleString('en')})` : '';
  return `${entries.slice(0, 20).join(', ')}${more}`;
}
