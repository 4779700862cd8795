import { ScrollArea } from '@mantine/core';
import { useMemo } from 'react';
import { t } from '../strings/strings';
import { signed } from './colour-legend';
import styles from './layers-panel.module.css';
import { useLayers } from './layers-store';
import { type EpochSpread, SpreadChart } from './spread-chart';

/** How a layer's weights and what it gives out were spread over the epochs, as charts or as a table. */
export function HistoryView({ asTable }: { readonly asTable: boolean }) {
  const history = useLayers((state) => state.history);
  const series = useMemo(() => {
    const records = history?.records ?? [];
    const names = records.at(-1)?.weights.map(({ name }) => name) ?? [];
    const ofWeight = (name: string): EpochSpread[] =>
      records.flatMap(({ epoch, weights }) =>
        weights.filter((weight) => weight.name === name).map(({ spread }) => ({ epoch, spread })),
      );
    return [
      {
        title: t('layers.spreadActivations'),
        records: records.map(({ epoch, activations }) => ({ epoch, spread: activations })),
      },
      ...names.map((name) => ({ title: t('layers.spreadWeight', { name }), records: ofWeight(name) })),
    ];
  }, [history]);
  if (!history) return <p className={styles.note}>{t('layers.loading')}</p>;
  if (history.records.length === 0) return <p className={styles.note}>{t('layers.noHistory')}</p>;
  if (!asTable) {
    return (
      <div className={styles.spreads}>
        {series.map(({ title, records }, at) => (
          <SpreadChart
            key={title}
            title={title}
            word={at === 0 ? 'Activation' : 'Weights'}
            records={records}
          />
        ))}
      </div>
    );
  }
  return (
    <ScrollArea
      className={styles.tableWrap}
      viewportProps={{ tabIndex: 0, 'aria-label': t('layers.table'), role: 'region' }}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('layers.columnEpoch')}</th>
            <th scope="col">{t('layers.columnOf')}</th>
            <th scope="col">{t('layers.columnMean')}</th>
            <th scope="col">{t('layers.columnDeviation')}</th>
            <th scope="col">{t('layers.columnLeast')}</th>
            <th scope="col">{t('layers.columnMost')}</th>
          </tr>
        </thead>
        <tbody>
          {series.flatMap(({ title, records }) =>
            records.map(({ epoch, spread }) => (
              <tr key={`${title} ${epoch}`}>
                <th scope="row">{epoch}</th>
                <td className={styles.words}>{title}</td>
                {[spread.mean, spread.deviation, spread.least, spread.most].map((value, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always these four
                  <td key={column}>{signed(value)}</td>
                ))}
              </tr>
            )),
          )}
        </tbody>
      </table>
    </ScrollArea>
  );
}
