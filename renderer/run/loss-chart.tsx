import { Fragment, useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { termName } from '../../shared/losses/term-names';
import { stageAt, stageStarts } from '../../shared/plan/stage-epochs';
import { t } from '../strings/strings';
import { chartData } from './chart-data';
import { chartLook, chartSize, shortNumber } from './chart-look';
import { type Readout, readoutAt } from './chart-readout';
import { formatError } from './format';
import styles from './loss-chart.module.css';
import type { RunView } from './run-record';
import type { TargetLine } from './target-line';
import { dashesOf, termCurves } from './term-curves';

interface LossChartProps {
  readonly view: RunView | null;
  /** What is to be beaten, while the run has not found it itself. */
  readonly target: TargetLine | null;
  readonly logarithmic: boolean;
  /** Whether each term of the loss has its curves, too. */
  readonly withTerms: boolean;
}

/** Training loss each step, validation loss each epoch, and the error of PCA as the line to beat. */
export function LossChart({ view, target, logarithmic, withTerms }: LossChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<uPlot | null>(null);
  const scheme = useComputedColorScheme('dark');
  // Every event makes another view, and at most one comes a frame.
  const data = useMemo(() => chartData(view, target), [view, target]);

  const curves = useMemo(() => (withTerms ? termCurves(view, data[0]) : []), [withTerms, view, data]);
  const count = curves.length;

  const summary = view?.summary ?? null;
  const stages = useMemo(
    () => (summary ? stageStarts(summary.stages ?? [], summary.stepsPerEpoch) : []),
    [summary],
  );
  const shownStages = useRef(stages);
  const [pointed, setPointed] = useState<number | null>(null);
  const readout = readoutAt(view, data, pointed);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let made: uPlot | null = null;
    const observer = new ResizeObserver(() => made?.setSize(chartSize(element)));
    // The page has another scheme's colours a moment after the scheme is told.
    const frame = requestAnimationFrame(() => {
      const options = optionsFor(element, logarithmic, scheme, shownStages, count);
      // Once the pointer leaves the chart, it is at none of its places.
      options.hooks?.setCursor?.push((chart) => setPointed(chart.cursor.idx ?? null));
      made = new uPlot(options, options.series.map(() => []) as unknown as uPlot.AlignedData, element);
      setChart(made);
      observer.observe(element);
    });
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      setChart(null);
      made?.destroy();
    };
  }, [logarithmic, scheme, count]);

  useEffect(() => {
    shownStages.current = stages;
    // Another number of curves makes another chart.
    if (chart && chart.series.length === data.length + 2 * curves.length) {
      chart.setData([...data, ...curves.flatMap(({ training, validation }) => [training, validation])]);
    }
  }, [chart, data, curves, stages]);

  return (
    <>
      <div ref={place} className={styles.chart} role="img" aria-label={chartSentence(view, target)} />
      {readout && <ReadoutBox readout={readout} />}
    </>
  );
}

/** What the curves are at the pointer. The figures of epochs are also in the table beside the chart, for those who can't point. */
function ReadoutBox({ readout: { step, training, epoch } }: { readonly readout: Readout }) {
  const ofEpoch: readonly (readonly [string, number | undefined])[] = epoch
    ? [
        [t('runs.training'), epoch.trainLoss],
        ...Object.entries(epoch.terms ?? {}).map(
          ([term, value]) => [t('runs.ofIt', { term: termName(term) }), value] as const,
        ),
        [t('runs.validation'), epoch.validation?.loss],
      ]
    : [];
  return (
    <dl className={styles.readout}>
      <dt>{t('runs.step', { step: step.toLocaleString('en') })}</dt>
      <dd>{formatError(training)}</dd>
      {epoch && (
        <>
          <dt className={styles.epoch}>{t('runs.epoch', { epoch: epoch.epoch })}</dt>
          {ofEpoch.map(([label, value]) =>
            value === undefined ? null : (
              <Fragment key={label}>
                <dt>{label}</dt>
                <dd>{formatError(value)}</dd>
              </Fragment>
            ),
          )}
        </>
      )}
    </dl>
  );
}

/** Colours are read from the page, so another scheme makes another chart. */
function optionsFor(
  element: HTMLElement,
  logarithmic: boolean,
  scheme: 'dark' | 'light',
  stages: { readonly current: ReturnType<typeof stageStarts> },
  terms: number,
): uPlot.Options {
  const { colour, axis } = chartLook(element);
  return {
    ...chartSize(element),
    padding: [8, 10, 0, 0],
    legend: { show: false },
    hooks: {
      draw: [(chart) => drawStages(chart, stages.current, colour('--hg-soft'))],
      setCursor: [],
    },
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: (_chart, _least, most) => [0, Math.max(10, most ?? 10)] },
      y: logarithmic
        ? { distr: 3, range: (_chart, least, most) => logRange(least, most) }
        : { range: (chart, _least, most) => [0, (most ?? 1) * (hasCurve(chart) ? 1.05 : 1.3) || 1] },
    },
    axes: [
      { ...axis, label: t('run.chart.step'), size: 24 },
      { ...axis, label: t('run.chart.loss'), size: 44, values: (_chart, splits) => splits.map(shortNumber) },
    ],
    series: [
      {},
      {
        stroke: colour('--hg-encoder'),
        width: scheme === 'dark' ? 1.2 : 1.4,
        points: { show: false },
        spanGaps: false,
      },
      { stroke: colour('--hg-decoder'), width: 1.6, spanGaps: true, points: { show: true, size: 5 } },
      { stroke: colour('--hg-code'), width: 1.4, dash: [6, 4], spanGaps: true, points: { show: false } },
      ...Array.from({ length: terms }, (_, index) =>
        ['--hg-encoder', '--hg-decoder'].map((name) => ({
          ...{ stroke: colour(name), width: 1.4, dash: dashesOf(index), spanGaps: true },
          points: { show: false },
        })),
      ).flat(),
    ],
  };
}

/** A labelled line where each stage of pre-training begins, and where the whole does. */
function drawStages(chart: uPlot, stages: ReturnType<typeof stageStarts>, colour: string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.font = `${10 * devicePixelRatio}px sans-serif`;
  for (const { step, label } of stages) {
    const x = chart.valToPos(step, 'x', true);
    if (x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(label, x + 3 * devicePixelRatio, bbox.top);
  }
  ctx.restore();
}

/** Whether there is more to see than the line to beat, which has room for words under it until then. */
function hasCurve({ data: [, training, validation] }: uPlot): boolean {
  return [training, validation].some((values) => values?.some((value) => value !== null));
}

function logRange(least: number | null, most: number | null): [number, number] {
  if (least === null || most === null || !(least > 0)) return [0.01, 1];
  return [least / 1.15, Math.max(most, least * 1.5) * 1.1];
}

function chartSentence(view: RunView | null, target: TargetLine | null): string {
  if (!view || view.loss === null) {
    const loss = target?.line?.validation.loss.toPrecision(3);
    return loss ? t('run.chart.targetLabel', { loss }) : t('run.chart.emptyLabel');
  }
  const last = view.epochs.at(-1)?.validation;
  const parts: string[] = [t('run.chart.label', { loss: view.loss.toPrecision(3), step: view.step })];
  if (last) parts.push(t('run.chart.validationLabel', { loss: last.loss.toPrecision(3) }));
  const stage = stageAt(view.summary?.stages ?? [], view.epoch);
  if (stage) parts.push(t('run.chart.stageLabel', { stage }));
  if (view.pca) parts.push(t('run.chart.pcaLabel', { loss: view.pca.validation.loss.toPrecision(3) }));
  return parts.join(', ');
}
