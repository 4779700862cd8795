import { useCallback, useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import type { KeptRun } from '../../shared/ipc/contract';
import { chartLook, shortNumber } from '../run/chart-look';
import { formatError } from '../run/format';
import { t } from '../strings/strings';
import styles from './sweep-panel.module.css';
import { sweepErrors } from './sweep-store';
import { useChart } from './use-chart';

interface SweepChartProps {
  /** By size. */
  readonly runs: readonly KeptRun[];
  readonly elbow: number | null;
}

/** Error against code size, with PCA's at the same sizes and the elbow. */
export function SweepChart({ runs, elbow }: SweepChartProps) {
  const data = useMemo(() => {
    const errors = runs.map(sweepErrors);
    return [
      runs.map(({ codeSize }) => codeSize),
      errors.map(({ own }) => own),
      errors.map(({ pca }) => pca),
    ] satisfies uPlot.AlignedData;
  }, [runs]);
  const shownElbow = useRef(elbow);
  shownElbow.current = elbow;
  const options = useCallback((element: HTMLElement): Omit<uPlot.Options, 'width' | 'height'> => {
    const { colour, axis } = chartLook(element);
    return {
      padding: [12, 12, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: (_chart, _least, most) => [0, 1.05 * (most ?? 10)] },
        y: { range: (_chart, _least, most) => [0, 1.08 * (most ?? 1) || 1] },
      },
      axes: [
        { ...axis, label: t('sweeps.axisSize'), size: 24 },
        {
          ...axis,
          label: t('sweeps.axisError'),
          size: 50,
          values: (_chart, splits) => splits.map(shortNumber),
        },
      ],
      series: [
        {},
        {
          stroke: colour('--hg-decoder'),
          width: 1.8,
          points: { show: true, size: 7, fill: colour('--hg-decoder') },
        },
        { stroke: colour('--hg-code'), width: 1.4, dash: [6, 4], points: { show: true, size: 5 } },
      ],
      hooks: { draw: [(chart) => drawElbow(chart, shownElbow.current, colour('--hg-text'))] },
    };
  }, []);
  const place = useChart(options, data);
  return <div ref={place} className={styles.chart} role="img" aria-label={sentence(runs, elbow)} />;
}

/** A ring about the elbow's point, with a line down to its size. */
function drawElbow(chart: uPlot, elbow: number | null, colour: string): void {
  const index = elbow === null ? -1 : chart.data[0].indexOf(elbow);
  const error = chart.data[1]?.[index];
  if (elbow === null || error === null || error === undefined) return;
  const { ctx, bbox } = chart;
  const [x, y] = [chart.valToPos(elbow, 'x', true), chart.valToPos(error, 'y', true)];
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.beginPath();
  ctx.arc(x, y, 8 * devicePixelRatio, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x, y + 8 * devicePixelRatio);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${10.5 * devicePixelRatio}px sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  const floor = bbox.top + bbox.height - 3 * devicePixelRatio;
  ctx.fillText(t('sweeps.elbowAt', { size: elbow }), x + 4 * devicePixelRatio, floor);
  ctx.restore();
}

function sentence(runs: readonly KeptRun[], elbow: number | null): string {
  if (runs.length === 0) return t('sweeps.chartEmpty');
  const points = runs.map((run) => `${run.codeSize}: ${formatError(sweepErrors(run).own)}`).join(', ');
  return `${t('sweeps.chart', { points })}${elbow === null ? '' : `; ${t('sweeps.elbowAt', { size: elbow })}`}`;
}
