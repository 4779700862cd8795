import { VisuallyHidden } from '@mantine/core';

interface UnseenTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of each names its row, and is like no other. */
  readonly rows: readonly (readonly [string, ...string[]])[];
}

/** A chart's figures for those who can't see it. */
export function UnseenTable({ caption, columns, rows }: UnseenTableProps) {
  return (
    <VisuallyHidden component="table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {cells.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell has nothing but its column
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </VisuallyHidden>
  );
}
