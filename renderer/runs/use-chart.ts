import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { chartSize } from '../run/chart-look';

/**
 * Keeps a chart in an element, of its size and the scheme's colours.
 *
 * @param options made anew with the scheme and with themselves; `data` alone changes without that
 */
export function useChart(
  options: (element: HTMLElement) => Omit<uPlot.Options, 'width' | 'height'>,
  data: uPlot.AlignedData,
): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const shown = useRef(data);
  const scheme = useComputedColorScheme('dark');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which the scheme changes
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => chart.current?.setSize(chartSize(element)));
    // The page has another scheme's colours a moment after the scheme is told.
    const frame = requestAnimationFrame(() => {
      chart.current = new uPlot({ ...options(element), ...chartSize(element) }, shown.current, element);
      observer.observe(element);
    });
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [options, scheme]);
  useEffect(() => {
    shown.current = data;
    chart.current?.setData(data);
  }, [data]);
  return place;
}
