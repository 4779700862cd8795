import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type DataFilter,
  type DataReference,
  type FileReference,
  type LabelColumn,
  SCALINGS,
  type Scaling,
} from '../../shared/document/data-reference';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { Shape } from '../../shared/tensors/shape';

/** What the command line says of the data, instead of the drawing. */
export interface DataArguments {
  readonly data?: string;
  readonly label?: string;
  readonly scaling?: Scaling;
  readonly series?: boolean;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly heldOut?: number;
}

export function addDataOptions(command: Command): Command {
  return command
    .option(
      '--data <path>',
      'IDX files, an NPY file, a table of numbers or a folder of pictures, instead of the drawing’s data',
    )
    .option('--label <column>', 'the label column of a table: first, last, none or its name')
    .addOption(new Option('--scaling <how>', 'of a table or of float NPY samples').choices(SCALINGS))
    .option('--series', 'take each row of a table, or sample of an NPY file, as a signal')
    .option('--include <labels>', 'train on these labels alone (comma-separated)', listOf)
    .option('--exclude <labels>', 'train on all labels but these (comma-separated)', listOf)
    .option('--held-out <share>', 'keep this share of the samples chosen out of training', share);
}

/**
 * The reference of the data to train on. Other files of the same kind are used as the drawing uses its own: label,
 * columns, scaling and filter stay.
 *
 * @param found what lies at the path given on the command line, if one was
 * @throws ProblemError where an option does not fit the kind of data
 */
export function chosenData(
  own: DataReference,
  found: FileReference | null,
  args: DataArguments,
): DataReference {
  const base = found === null ? own : inPlaceOf(own, found);
  const { label, scaling, series } = args;
  const filter = filterOf(base.filter, args);
  const filtered = filter ? { ...base, filter } : base;
  const option = label !== undefined ? '--label' : series ? '--series' : scaling ? '--scaling' : null;
  switch (filtered.kind) {
    case 'table':
      return {
        ...filtered,
        ...(label === undefined ? {} : { label: labelColumn(label) }),
        ...(scaling === undefined ? {} : { scaling }),
        ...(series ? { series, shape: seriesShape(filtered.shape) } : {}),
      };
    case 'npy':
      if (option === '--label') break;
      return {
        ...filtered,
        ...(scaling ? { scaling } : {}),
        ...(series ? { series, shape: seriesShape(filtered.shape) } : {}),
      };
    default:
      if (option === null) return filtered;
  }
  throw new ProblemError(problem('DATA_OPTION', { option, kind: filtered.kind }));
}

function inPlaceOf(own: DataReference, found: FileReference): DataReference {
  const { path, shape, fingerprint } = found;
  const seen = { path, shape, fingerprint };
  switch (own.kind) {
    case 'builtin':
      return found;
    case 'table':
      // The columns used decide the shape; it shows once the file is read.
      return found.kind === 'table' ? { ...own, ...seen, shape: own.shape } : found;
    default:
      return found.kind === own.kind
        ? { ...own, ...seen, shape: own.kind === 'npy' ? own.shape : shape }
        : found;
  }
}

/** What samples taken for signals are likely to be; the files have the last word. */
function seriesShape([length = 1, channels = 1]: Shape): Shape {
  return [length, channels];
}

/** The label column that a word of the command line stands for. */
export function labelColumn(given: string): LabelColumn {
  return given === 'none' || given === 'first' || given === 'last' ? given : { column: given };
}

function filterOf(own: DataFilter | undefined, { include, exclude, heldOut }: DataArguments) {
  if (include === undefined && exclude === undefined && heldOut === undefined) return own;
  return {
    ...(own ?? { heldOut: 0 }),
    ...(include && { include }),
    ...(exclude && { exclude }),
    ...(heldOut !== undefined && { heldOut }),
  };
}

/** The entries of a comma-separated list. */
export function listOf(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new InvalidArgumentError('Expected names with commas between them.');
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value < 1) return value;
  throw new InvalidArgumentError('Expected a number from 0 to below 1.');
}
