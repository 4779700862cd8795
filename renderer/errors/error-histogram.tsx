import { useId, useMemo } from 'react';
import { type Histogram, logHistogram } from '../../shared/anomalies/histogram';
import { formatError } from '../run/format';
import { t } from '../strings/strings';
import { HistogramTable } from './chart-tables';
import { CutOffSlider } from './cut-off-slider';
import { useElementSize } from './element-size';
import type { ErrorGroup } from './error-groups';
import styles from './errors-panel.module.css';
import { useErrors } from './errors-store';
import { GroupPattern, lookOf } from './group-look';
import { type LogAxis, logAxis, logTicks } from './log-axis';

const MARGIN = { left: 34, right: 12, top: 20, bottom: 32 } as const;
/** Pixels that a bin is wide at least, and that a number under the axis needs. */
const BIN = 8;
const TICK = 52;

interface Plot {
  readonly width: number;
  readonly height: number;
  readonly axis: LogAxis;
  readonly histogram: Histogram;
  /** The largest share of its group that falls into one bin. */
  readonly most: number;
}

/** How the errors of each group are spread, on a logarithmic axis, with the cut-off to drag. */
export function ErrorHistogram() {
  const [place, size] = useElementSize<HTMLDivElement>();
  const all = useErrors((state) => state.groups);
  const hidden = useErrors((state) => state.hidden);
  const shown = useMemo(() => all.filter(({ name }) => !hidden.includes(name)), [all, hidden]);
  const [width, height] = [
    (size?.width ?? 0) - MARGIN.left - MARGIN.right,
    (size?.height ?? 0) - MARGIN.top - MARGIN.bottom,
  ];
  const plot = useMemo((): Plot | null => {
    if (width < 40 || height < 20) return null;
    const bins = Math.min(60, Math.max(8, Math.floor(width / BIN)));
    const histogram = logHistogram(
      shown.map(({ errors }) => errors),
      bins,
    );
    const [low = 1, high = 1] = [histogram.edges[0], histogram.edges.at(-1)];
    const shares = histogram.counts.flatMap((counts, at) =>
      counts.map((count) => count / Math.max(1, shown[at]?.errors.length ?? 1)),
    );
    return { width, height, axis: logAxis(low, high), histogram, most: Math.max(0.01, ...shares) };
  }, [shown, width, height]);
  return (
    <div ref={place} className={styles.histogram}>
      {plot && size && (
        <>
          <svg width={size.width} height={size.height} role="img" aria-label={sentence(shown)}>
            <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
              <Axes plot={plot} />
              {shown.map((group, at) => (
                <GroupArea
                  key={group.name}
                  group={group}
                  counts={plot.histogram.counts[at] ?? []}
                  plot={plot}
                />
              ))}
            </g>
          </svg>
          <HistogramTable histogram={plot.histogram} groups={shown} />
          <CutOffSlider
            axis={plot.axis}
            frame={{ left: MARGIN.left, top: MARGIN.top, width: plot.width, height: plot.height }}
          />
        </>
      )}
    </div>
  );
}

function Axes({ plot: { axis, width, height, most } }: { readonly plot: Plot }) {
  const ticks = logTicks(axis, Math.max(2, Math.floor(width / TICK)));
  return (
    <g className={styles.axes}>
      {ticks.map((tick) => (
        <g key={tick} transform={`translate(${Math.round(axis.share(tick) * width) + 0.5} 0)`}>
          <line y2={height + 3} />
          <text y={height + 13} textAnchor="middle">
            {shortNumber(tick)}
          </text>
        </g>
      ))}
      <line x2={width} y1={height + 0.5} y2={height + 0.5} data-base />
      <text x={width / 2} y={height + 28} textAnchor="middle">
        {t('errors.histogram.error')}
      </text>
      <text x={-5} y={4} textAnchor="end">
        {Math.round(100 * most)}%
      </text>
      <text x={-5} y={height + 3} textAnchor="end">
        0
      </text>
      <text transform={`translate(-20 ${height / 2}) rotate(-90)`} textAnchor="middle">
        {t('errors.histogram.share')}
      </text>
    </g>
  );
}

interface GroupAreaProps {
  readonly group: ErrorGroup;
  readonly counts: readonly number[];
  readonly plot: Plot;
}

/** Each group is drawn as shares of its own, so that small groups are seen beside large ones. */
function GroupArea({ group, counts, plot: { width, height, most } }: GroupAreaProps) {
  const id = useId();
  const { colour, dashes } = lookOf(group.name);
  const pitch = width / counts.length;
  const top = (count: number) => height * (1 - count / group.errors.length / most);
  const steps = counts.map((count, bin) => `V${top(count).toFixed(1)}H${(pitch * (bin + 1)).toFixed(1)}`);
  const outline = `M0 ${height}${steps.join('')}V${height}`;
  return (
    <>
      <defs>
        <GroupPattern name={group.name} id={id} />
      </defs>
      <path d={`${outline}Z`} fill={`url(#${id})`} />
      <path d={outline} fill="none" stroke={colour} strokeWidth={1.4} strokeDasharray={dashes} />
    </>
  );
}

function shortNumber(value: number): string {
  const short = Number(value.toPrecision(3));
  return value < 1e-4 ? short.toExponential() : String(short);
}

function sentence(groups: readonly ErrorGroup[]): string {
  const parts = groups.map(({ label, errors, metrics }) =>
    t('errors.histogram.group', { label, samples: errors.length, error: formatError(metrics.mse) }),
  );
  return parts.length > 0
    ? t('errors.histogram.label', { groups: parts.join('; ') })
    : t('errors.histogram.hidden');
}
