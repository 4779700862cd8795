import { type RefObject, useEffect, useSyncExternalStore } from 'react';

/** A canvas to be drawn on in pixels of the page, whatever the screen has. */
interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** Calls back whenever the screen has another number of pixels for one of the page: by its zoom, or on another screen. */
function onDensity(changed: () => void): () => void {
  let query: MediaQueryList;
  const listen = () => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', onChange);
  };
  const onChange = () => {
    query.removeEventListener('change', onChange);
    listen();
    changed();
  };
  listen();
  return () => query.removeEventListener('change', onChange);
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
  const density = useSyncExternalStore(onDensity, () => devicePixelRatio);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !draw) return;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry || entry.contentRect.width === 0) return;
      const { width, height } = entry.contentRect;
      element.width = Math.round(width * density);
      element.height = Math.round(height * density);
      context.setTransform(element.width / width, 0, 0, element.height / height, 0, 0);
      draw({ context, width, height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [canvas, draw, density]);
}
