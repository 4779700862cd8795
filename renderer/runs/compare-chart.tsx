import { SegmentedControl, Select } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import uPlot from 'uplot';
import { chartLook, shortNumber } from '../run/chart-look';
import { formatError } from '../run/format';
import { t } from '../strings/strings';
import styles from './compare.module.css';
import { COMPARED_FIGURES, type ComparedFigure, lineOf, pcaLineOf } from './compare-lines';
import type { ComparedRun } from './compare-store';
import { CompareTable } from './compare-table';
import { lookOf, RUN_COLOURS, RUN_DASHES, RunLetter } from './run-letter';
import { useChart } from './use-chart';

/** The curves of some runs over each other, each with its line of PCA. */
export function CompareChart({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const [figure, setFigure] = useState<ComparedFigure>('validationMse');
  const [asTable, setAsTable] = useState(false);
  const data = useMemo(
    () =>
      uPlot.join(
        runs.flatMap(({ history, run }) => [
          [...lineOf(history, run.stepsPerEpoch, figure)] as uPlot.AlignedData,
          [...pcaLineOf(history, figure)] as uPlot.AlignedData,
        ]),
      ),
    [runs, figure],
  );
  const options = useCallback(
    (element: HTMLElement): Omit<uPlot.Options, 'width' | 'height'> => {
      const { colour, axis } = chartLook(element);
      return {
        padding: [8, 10, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: (_chart, _least, most) => [0, Math.max(1, most ?? 1)] },
          y: { range: (_chart, _least, most) => [0, 1.05 * (most ?? 1) || 1] },
        },
        axes: [
          { ...axis, label: t('compare.axisEpoch'), size: 24 },
          {
            ...axis,
            label: t(`compare.figures.${figure}`),
            size: 50,
            values: (_chart, splits) => splits.map(shortNumber),
          },
        ],
        series: [
          {},
          ...runs.flatMap(({ letter }): uPlot.Series[] => {
            const index = lookOf(letter);
            const stroke = colour(RUN_COLOURS[index] ?? '--hg-soft');
            const points = { show: figure !== 'trainingLoss', size: 5 };
            return [
              { stroke, width: 1.8, dash: [...(RUN_DASHES[index] ?? [])], spanGaps: true, points },
              { stroke, width: 1, dash: [1, 4], spanGaps: true, points: { show: false } },
            ];
          }),
        ],
      };
    },
    [runs, figure],
  );
  const place = useChart(options, data);
  return (
    <section className={styles.chartBox} aria-label={t('compare.curves')}>
      <div className={styles.head}>
        {runs.map(({ letter, name, run }) => (
          <span key={run.id} className={styles.key} title={name}>
            <RunLetter letter={letter} />
            {name}
          </span>
        ))}
        <SegmentedControl
          ml="auto"
          aria-label={t('compare.form')}
          value={asTable ? 'table' : 'chart'}
          data={[
            { value: 'chart', label: t('compare.asChart') },
            { value: 'table', label: t('compare.asTable') },
          ]}
          onChange={(value) => setAsTable(value === 'table')}
        />
        <Select
          w={150}
          aria-label={t('compare.figure')}
          value={figure}
          data={COMPARED_FIGURES.map((value) => ({ value, label: t(`compare.figures.${value}`) }))}
          onChange={(value) => setFigure(COMPARED_FIGURES.find((own) => own === value) ?? 'validationMse')}
        />
      </div>
      <div className={styles.plot}>
        <div
          ref={place}
          className={styles.chart}
          style={{ visibility: asTable ? 'hidden' : undefined }}
          role="img"
          aria-label={sentence(runs, figure)}
        />
        {asTable && <CompareTable runs={runs} figure={figure} />}
      </div>
      <p className={styles.note}>{t('compare.pcaNote')}</p>
    </section>
  );
}

function sentence(runs: readonly ComparedRun[], figure: ComparedFigure): string {
  const ends = runs.map(({ letter, history, run }) => {
    const [, values] = lineOf(history, run.stepsPerEpoch, figure);
    return `${letter} ${formatError(values.at(-1))}`;
  });
  return `${t(`compare.figures.${figure}`)}: ${ends.join(', ')}`;
}
