import { type RefObject, useEffect } from 'react';

/** A canvas to be drawn on in pixels of the page, whatever the screen has. */
interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/**
 * Gives a canvas as many pixels as the screen has where it stands, and draws it: at once, and anew when its size or the
 * screen's density changes.
 *
 * @param draw the same function as long as the same is drawn; null where something else fills the canvas
 */
export function useSharpCanvas(
  canvas: RefObject<HTMLCanvasElement | null>,
  draw: ((sheet: Sheet) => void) | null,
): void {
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !draw) return;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry || entry.contentRect.width === 0) return;
      const { width, height } = entry.contentRect;
      const exact = entry.devicePixelContentBoxSize?.[0];
      element.width = exact?.inlineSize ?? Math.round(width * devicePixelRatio);
      element.height = exact?.blockSize ?? Math.round(height * devicePixelRatio);
      context.setTransform(element.width / width, 0, 0, element.height / height, 0, 0);
      draw({ context, width, height });
    });
    try {
      observer.observe(element, { box: 'device-pixel-content-box' });
    } catch {
      // Chromium before 84 knows the page's pixels alone.
      observer.observe(element);
    }
    return () => observer.disconnect();
  }, [canvas, draw]);
}
