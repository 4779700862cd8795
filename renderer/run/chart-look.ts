import type uPlot from 'uplot';

/** Reads the window's colours and letters for a chart. */
export function chartLook(element: HTMLElement) {
  const css = getComputedStyle(element);
  const colour = (name: string) => css.getPropertyValue(name).trim();
  const axis: uPlot.Axis = {
    stroke: colour('--hg-soft'),
    font: `10px ${css.fontFamily}`,
    labelFont: `10px ${css.fontFamily}`,
    labelSize: 14,
    grid: { stroke: colour('--hg-line'), width: 1 },
    ticks: { stroke: colour('--hg-line'), width: 1, size: 4 },
  };
  return { colour, axis };
}

export function chartSize(element: HTMLElement) {
  return { width: Math.max(80, element.clientWidth), height: Math.max(60, element.clientHeight) };
}

/** At most two significant digits; uPlot leaves crowded splits out as null. */
export function shortNumber(value: number | null): string {
  if (value === null) return '';
  return value === 0 ? '0' : String(Number(value.toPrecision(2)));
}
