import { builtinSets } from '../../main/data/builtin/builtin-sets';
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
