import { valueNames } from '../train/layer-export';
import type { RowOrigin, RowsForm } from './row-writer';

/** A column that tells of which sample a row is. */
interface OriginColumn {
  readonly name: string;
  readonly type: 'number' | 'text';
  /** What stands in a row, counted from 0 in its block. */
  of(origin: RowOrigin, row: number): string | number;
}

/** The columns of a table of rows: those of the origin, then those of the values. */
export function columnsOf({ shape, valueNames: given, labels, named, split }: RowsForm): {
  readonly origin: readonly OriginColumn[];
  readonly values: readonly string[];
} {
  const values = given ?? valueNames(shape);
  const taken = new Set(values);
  const all: OriginColumn[] = [
    { name: 'sample', type: 'number', of: ({ first }, row) => first + row },
    ...(split ? [{ name: 'split', type: 'text' as const, of: (origin: RowOrigin) => origin.split }] : []),
    ...(named
      ? [
          {
            name: 'file',
            type: 'text' as const,
            of: ({ names }: RowOrigin, row: number) => names?.[row] ?? '',
          },
        ]
      : []),
    ...(labels
      ? [{ name: 'label', type: labels, of: (origin: RowOrigin, row: number) => origin.labels?.[row] ?? '' }]
      : []),
  ];
  return { origin: all.map((column) => ({ ...column, name: free(column.name, taken) })), values };
}

/** The name, with lines before it where a column of the data is called so. */
function free(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? free(`_${name}`, taken) : name;
}
