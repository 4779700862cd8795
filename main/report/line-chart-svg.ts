import { type Html, html } from './html';

interface ChartLine {
  readonly label: string;
  /** `training`, `validation`: how it is drawn, by the page's style. */
  readonly look: string;
  /** In the order of x. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineChart {
  readonly title: string;
  /** What goes along the axis: `Step`. */
  readonly along: string;
  readonly lines: readonly ChartLine[];
  /** A line to beat, level from end to end. */
  readonly level: { readonly label: string; readonly value: number } | null;
}

const [WIDTH, HEIGHT] = [640, 260];
const AREA = { left: 64, right: 632, top: 34, bottom: 224 };
/** Where the largest value is more than so many times the smallest, the axis is logarithmic. */
const WIDE = 12;

/** Lines over steps or epochs as SVG; null where no line has a point. */
export function lineChartSvg({ title, along, lines, level }: LineChart): Html | null {
  const drawn = lines.filter(({ points }) => points.length > 0);
  const all = drawn.flatMap(({ points }) => points);
  const ys = [...all.map(([, y]) => y), ...(level ? [level.value] : [])].filter(Number.isFinite);
  if (all.length === 0 || ys.length === 0) return null;
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const isLog = low > 0 && high / low > WIDE;
  const scale = (value: number) => (isLog ? Math.log10(value) : value);
  const span = scale(high) - scale(low) || Math.abs(scale(high)) || 1;
  const [from, to] = [scale(low) - span * 0.06, scale(high) + span * 0.06];
  const [first, last] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
  const at = (x: number) => round(AREA.left + ((x - first) / (last - first || 1)) * (AREA.right - AREA.left));
  const up = (y: number) => round(AREA.bottom - ((scale(y) - from) / (to - from)) * (AREA.bottom - AREA.top));
  const ticks = isLog ? logTicks(from, to) : evenTicks(from, to, 5);
  const steps = evenTicks(first, last, 6).filter(Number.isInteger);
  const key = [
    ...drawn.map(({ label, look }) => ({ label, look })),
    ...(level ? [{ label: level.label, look: 'level' }] : []),
  ];
  return html`<figure><svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
<text class="title" x="${AREA.left}" y="16">${title}</text>
${ticks.map((tick) => html`<path class="grid" d="M${AREA.left} ${up(tick)} H${AREA.right}"/><text class="tick end" x="${AREA.left - 6}" y="${up(tick) + 4}">${short(tick)}</text>`)}
${steps.map((step) => html`<text class="tick" x="${at(step)}" y="${AREA.bottom + 16}">${step.toLocaleString('en')}</text>`)}
<text class="tick" x="${(AREA.left + AREA.right) / 2}" y="${HEIGHT - 4}">${along}</text>
${level ? html`<path class="line level" d="M${AREA.left} ${up(level.value)} H${AREA.right}"/>` : null}
${drawn.map(({ look, points }) => html`<path class="line ${look}" d="${points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${at(x)} ${up(y)}`).join(' ')}"/>${points.length === 1 ? html`<circle class="${look}" cx="${at(points[0]![0])}" cy="${up(points[0]![1])}" r="3"/>` : null}`)}
</svg><figcaption>${key.map(({ label, look }) => html`<span class="key ${look}">${label}</span>`)}${isLog ? html`<span class="note">logarithmic scale</span>` : null}</figcaption></figure>`;
}

/** Powers of ten within the axis, and their halves where there are few. */
function logTicks(from: number, to: number): number[] {
  const powers = Array.from(
    { length: Math.floor(to) - Math.ceil(from) + 1 },
    (_, at) => 10 ** (Math.ceil(from) + at),
  );
  if (powers.length >= 3) return powers;
  const between = [2, 5].flatMap((times) =>
    [10 ** (Math.ceil(from) - 1), ...powers].map((power) => times * power),
  );
  return [...powers, ...between].filter((tick) => Math.log10(tick) >= from && Math.log10(tick) <= to);
}

/** About so many round numbers within the axis. */
function evenTicks(from: number, to: number, count: number): number[] {
  const rough = (to - from) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough) ?? rough;
  const begin = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - begin + 1 }, (_, at) =>
    Number(((begin + at) * step).toPrecision(12)),
  );
}

function short(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-4
    ? value.toExponential(0)
    : String(Number(value.toPrecision(3)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
