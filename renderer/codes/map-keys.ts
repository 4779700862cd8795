import { chooseSample, useCodes } from './code-store';
import { type MapPlace, nearestPoints } from './map-inverse';
import { probeAt, type ShownMap, selectPlaces, setView } from './map-store';
import { type MapSize, type MapView, pannedView, zoomedView } from './map-view';

interface MapState {
  readonly shown: ShownMap;
  readonly view: MapView;
  readonly fit: MapView;
  readonly size: MapSize;
  /** Where the code lies that is decoded. */
  readonly marked: MapPlace;
}

const ARROWS: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
/** Pixels of a step, and with Shift. */
const STEP = 8;
const LONG_STEP = 40;
const ZOOM = 1.25;

/**
 * Arrows move the place that is decoded, with Control the view; `+`, `−` and `0` zoom and fit; Enter takes the nearest sample,
 * `[` and `]` the one before and after; Escape ends the selection.
 */
export function moveByKey(event: React.KeyboardEvent, state: MapState): void {
  if (!act(event, state)) return;
  event.preventDefault();
  event.stopPropagation();
}

function act(event: React.KeyboardEvent, { shown, view, fit, size, marked }: MapState): boolean {
  const arrow = ARROWS[event.key];
  const middle = { left: size.width / 2, top: size.height / 2 };
  const { sample } = useCodes.getState();
  if (arrow) {
    const far = event.shiftKey ? LONG_STEP : STEP;
    const [right, up] = [arrow[0] * far, arrow[1] * far];
    if (event.ctrlKey || event.metaKey) setView(pannedView(view, -right, up));
    else if (Number.isFinite(marked.x))
      probeAt({ x: marked.x + right / view.perX, y: marked.y + up / view.perY });
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case '+':
    case '=':
      setView(zoomedView(view, ZOOM, middle, { size, fit }));
      return true;
    case '-':
      setView(zoomedView(view, 1 / ZOOM, middle, { size, fit }));
      return true;
    case '0':
      setView(null);
      return true;
    case '[':
      chooseSample(sample - 1);
      return true;
    case ']':
      chooseSample(sample + 1);
      return true;
    case 'Enter':
      chooseSample(nearestPoints(shown.points, marked, 1)[0]?.at ?? sample);
      return true;
    case 'Escape':
      selectPlaces([]);
      return true;
    default:
      return false;
  }
}
