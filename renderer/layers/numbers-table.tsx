import { ScrollArea } from '@mantine/core';
import { t } from '../strings/strings';
import { signed } from './colour-legend';
import styles from './layers-panel.module.css';
import { figuresOf, type Tiles } from './tiles';

/** Rows of a table; the exported file has them all. */
const MOST_ROWS = 1_000;

/** What the tiles show, in figures: a row a tile. */
export function TilesTable({ tiles }: { readonly tiles: Tiles }) {
  const rows = Array.from({ length: Math.min(MOST_ROWS, tiles.count) }, (_, tile) => ({
    tile,
    ...figuresOf(tiles, tile),
  }));
  return (
    <ScrollArea
      className={styles.tableWrap}
      viewportProps={{ tabIndex: 0, 'aria-label': t('layers.table'), role: 'region' }}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{tiles.name}</th>
            <th scope="col">{t('layers.columnMean')}</th>
            <th scope="col">{t('layers.columnLeast')}</th>
            <th scope="col">{t('layers.columnMost')}</th>
            <th scope="col">{t('layers.columnZeros')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ tile, mean, least, most, zeros }) => (
            <tr key={tile}>
              <th scope="row">{tile + 1}</th>
              <td>{signed(mean)}</td>
              <td>{signed(least)}</td>
              <td>{signed(most)}</td>
              <td>{Math.round(100 * zeros)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
      {tiles.count > MOST_ROWS && (
        <p className={styles.note}>{t('layers.firstRows', { count: MOST_ROWS })}</p>
      )}
    </ScrollArea>
  );
}

/** A vector's values, a row each. */
export function ValuesTable({ values, name }: { readonly values: Float32Array; readonly name: string }) {
  return (
    <ScrollArea
      className={styles.tableWrap}
      viewportProps={{ tabIndex: 0, 'aria-label': t('layers.table'), role: 'region' }}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col">{t('layers.columnValue')}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from(values.subarray(0, MOST_ROWS), (value, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a value is known by its place alone
            <tr key={place}>
              <th scope="row">{place + 1}</th>
              <td>{signed(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {values.length > MOST_ROWS && (
        <p className={styles.note}>{t('layers.firstRows', { count: MOST_ROWS })}</p>
      )}
    </ScrollArea>
  );
}
