import { describe, expect, it } from 'vitest';
import { fittingViewport, LEAST_FITTING_ZOOM } from './fitting-viewport';

const pane = { width: 866, height: 390 };
const drawing = (width: number, height = 255) => ({ x: -40, y: -height / 2, width, height });
const shownPart = ({ x, zoom }: { x: number; zoom: number }) => [-x / zoom, (pane.width - x) / zoom] as const;

describe('fittingViewport', () => {
  it('shows a small drawing whole, centred and no larger than it is', () => {
    const { x, y, zoom } = fittingViewport(drawing(600), pane, null);
    expect(zoom).toBe(1);
    expect([x - 40 + 300, y]).toEqual([pane.width / 2, pane.height / 2]);
  });

  it('shows a longer one whole, smaller', () => {
    const view = fittingViewport(drawing(2_000), pane, { x: 1_900, y: 0, width: 96, height: 76 });
    expect(view.zoom).toBeCloseTo((866 - 28) / 2_000, 2);
    const [left, right] = shownPart(view);
    expect(left).toBeLessThanOrEqual(-40);
    expect(right).toBeGreaterThanOrEqual(1_960);
  });

  it('begins at the input where the whole would be too small to be read', () => {
    const view = fittingViewport(drawing(9_000), pane, null);
    expect(view.zoom).toBe(LEAST_FITTING_ZOOM);
    expect(shownPart(view)[0]).toBeCloseTo(-40 - 14 / LEAST_FITTING_ZOOM, 0);
  });

  it('shows what is selected then, and nothing beyond the ends', () => {
    const block = (x: number) => ({ x, y: -50, width: 96, height: 100 });
    const [left, right] = shownPart(fittingViewport(drawing(9_000), pane, block(4_000)));
    expect((left + right) / 2).toBeCloseTo(4_048, 0);
    const [, end] = shownPart(fittingViewport(drawing(9_000), pane, block(8_860)));
    expect(end).toBeCloseTo(8_960 + 14 / LEAST_FITTING_ZOOM, 0);
  });

  it('does the same upwards and downwards', () => {
    const { y, zoom } = fittingViewport(drawing(600, 6_000), pane, {
      x: 0,
      y: 2_900,
      width: 96,
      height: 100,
    });
    expect(zoom).toBe(LEAST_FITTING_ZOOM);
    expect(y + 3_000 * zoom).toBeCloseTo(pane.height - 14, 0);
  });
});
