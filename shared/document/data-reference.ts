import { z } from 'zod';
import type { Shape } from '../tensors/shape';

/** The sets drawn by seeded code; see `main/data/builtin`. */
export type BuiltinSet = 'digits-and-shapes' | 'colour-scenes';

/** What stands between the cells of a line of text. `space`: any run of spaces and tabs. */
export const DELIMITERS = ['comma', 'semicolon', 'tab', 'space'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * How numbers are brought to a common scale. `standardise`: mean 0 and standard deviation 1; `min-max`: from 0 to 1.
 * Fitted on the samples that are trained on and on no others; of a table each column for itself, of a series or picture
 * all values together.
 */
export const SCALINGS = ['none', 'standardise', 'min-max'] as const;
export type Scaling = (typeof SCALINGS)[number];

/** Which column of a table tells the class of a row. It is never trained on. */
export type LabelColumn = 'none' | 'first' | 'last' | { readonly column: string };

/**
 * Which samples of the training set are trained on; the others stay at hand for evaluation. Everything that is given
 * must hold of a sample.
 */
export interface DataFilter {
  /** Names of the labels that are trained on. */
  readonly include?: readonly string[];
  /** Names of the labels that are not. */
  readonly exclude?: readonly string[];
  /** Samples `from` up to, but without, `to`, counted from 0 in the order of the files. */
  readonly rows?: { readonly from: number; readonly to: number };
  /** Share of the samples chosen, drawn with the run's seed, that is kept out of training all the same. */
  readonly heldOut: number;
}

interface SeenData {
  /** The shape of one sample when the data was last seen, so that the drawing can be planned without it. */
  readonly shape: Shape;
  /** SHA-256 over names, sizes and content samples; tells a changed set from the same one. */
  readonly fingerprint?: string;
  readonly filter?: DataFilter;
}

/** A table of numbers as text or in Parquet; every row is a sample. */
export interface TableReference {
  readonly kind: 'table';
  readonly path: string;
  /** Of text; what is left out is found out from the file. */
  readonly delimiter?: Delimiter;
  readonly header?: boolean;
  readonly label: LabelColumn;
  /** Names of the columns that are used; all but the label's where left out. */
  readonly columns?: readonly string[];
  /** Whether a row is a signal, [length, 1], rather than a list of unlike values, [columns]. */
  readonly series: boolean;
  readonly scaling: Scaling;
}

/** The data the drawing is for. Paths are relative to the document, with `/`, or absolute. */
export type DataReference = SeenData &
  (
    | { readonly kind: 'builtin'; readonly name: BuiltinSet; readonly count: number }
    | { readonly kind: 'idx'; readonly path: string }
    | { readonly kind: 'pictures'; readonly path: string; readonly skipBroken?: boolean }
    | {
        readonly kind: 'npy';
        readonly path: string;
        /** Whether two axes after the samples are [length, channels], and one is [length, 1], rather than a picture's or a vector's. */
        readonly series?: boolean;
        readonly scaling?: Scaling;
      }
    | TableReference
  );

/** Data in files of the user's own, rather than built in. */
export type FileReference = Exclude<DataReference, { readonly kind: 'builtin' }>;

/** Numbers are scaled so; bytes stand for 0 to 1 and never are. */
export function scalingOf(data: DataReference): Scaling {
  return 'scaling' in data ? (data.scaling ?? 'none') : 'none';
}

const length = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const path = z.string().min(1).max(4_096);
const name = z.string().min(1).max(256);
const names = z.array(name).min(1).max(100_000);

export const filterSchema: z.ZodType<DataFilter> = z
  .strictObject({
    include: names.optional().describe('Labels trained on, by name.'),
    exclude: names.optional().describe('Labels not trained on, by name.'),
    rows: z
      .strictObject({ from: z.int().min(0), to: z.int().min(1) })
      .optional()
      .describe('Samples from … up to, but without, to; counted from 0.'),
    heldOut: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe('Share of the chosen samples that is kept out of training for evaluation.'),
  })
  .describe('Which training samples are trained on; the others are kept for evaluation.');

const seen = {
  shape: z
    .array(length)
    .min(1)
    .max(4)
    .describe('Of one sample: [values], [length, channels] or [height, width, channels].'),
  fingerprint: z.string().max(256).optional(),
  filter: filterSchema.optional(),
};

/** The order of the entries is the canonical one. */
export const dataSchema: z.ZodType<DataReference> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('builtin'),
    name: z.enum(['digits-and-shapes', 'colour-scenes']),
    count: z.int().min(10).max(100_000),
    ...seen,
  }),
  z.strictObject({ kind: z.literal('idx'), path, ...seen }),
  z.strictObject({ kind: z.literal('pictures'), path, skipBroken: z.boolean().optional(), ...seen }),
  z.strictObject({
    kind: z.literal('npy'),
    path,
    series: z.boolean().optional().describe('Whether samples are signals: [length, channels].'),
    scaling: z.enum(SCALINGS).optional(),
    ...seen,
  }),
  z.strictObject({
    kind: z.literal('table'),
    path,
    delimiter: z.enum(DELIMITERS).optional().describe('Between the cells of text; found out where left out.'),
    header: z
      .boolean()
      .optional()
      .describe('Whether text begins with a line of names; found out where left out.'),
    label: z
      .union([z.enum(['none', 'first', 'last']), z.strictObject({ column: name })])
      .default('none')
      .describe('The column that tells the class of a row.'),
    columns: names.optional().describe('Columns used, by name; all but the label’s where left out.'),
    series: z
      .boolean()
      .default(false)
      .describe('Whether a row is a signal: [length, 1] instead of [columns].'),
    scaling: z.enum(SCALINGS).default('none').describe('Fitted on the training samples alone.'),
    ...seen,
  }),
]);

/** The reference with its entries in the order of the schema. */
export function canonicalData(data: DataReference): DataReference {
  // Entries that are there but undefined are no entries of a file.
  const parsed = dataSchema.safeParse(JSON.parse(JSON.stringify(data)));
  // What is out of range is said by `validateDocument`.
  return parsed.success ? parsed.data : data;
}
