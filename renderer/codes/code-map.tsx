import { useEffect, useMemo, useRef, useState } from 'react';
import { useElementSize } from '../errors/element-size';
import { movingTime } from '../settings/motion';
import { t } from '../strings/strings';
import { type BrushOutline, brushedPlaces, rectangleOutline } from './brush';
import styles from './code-map.module.css';
import { chooseSample, useCodes } from './code-store';
import { MapHover } from './map-hover';
import type { MapPlace } from './map-inverse';
import { moveByKey } from './map-keys';
import { MapMarks } from './map-marks';
import { MapPainter, markRadius } from './map-painter';
import { useMapScene } from './map-scene';
import { placeShown, probeAt, type ShownMap, selectPlaces, setView, useMap } from './map-store';
import {
  fittingView,
  type MapPixel,
  type MapSize,
  type MapView,
  pannedView,
  pixelOf,
  placeAt,
  zoomedView,
} from './map-view';

/** All codes in a plane: to be hovered, brushed, decoded. */
export function CodeMap() {
  const shown = useMap((state) => state.shown);
  const [frame, size] = useElementSize<HTMLDivElement>();
  return (
    <div className={styles.frame} ref={frame}>
      {shown && size && size.width > 40 && size.height > 40 && <Plane shown={shown} size={size} />}
    </div>
  );
}

/** What the pointer is doing. */
interface Gesture {
  readonly kind: 'probe' | 'pan' | 'rectangle' | 'lasso';
  readonly start: MapPixel;
  readonly view: MapView;
  readonly outline: BrushOutline;
  readonly moved: boolean;
}

/** Milliseconds that points take to a new place. */
const MOVE = 450;
/** Pixels that a pointer may move in a click. */
const STILL = 3;

function Plane({ shown, size }: { readonly shown: ShownMap; readonly size: MapSize }) {
  const [shade, marks] = [useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null)];
  const area = useRef<HTMLDivElement>(null);
  const painter = useRef<MapPainter | null>(null);
  const hidden = useMap((state) => state.hidden);
  const selected = useMap((state) => state.selected);
  const tool = useMap((state) => state.tool);
  const own = useMap((state) => state.view);
  const probe = useMap((state) => state.probe);
  const code = useCodes((state) => state.code);
  const [gesture, setGesture] = useState<Gesture | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);

  const fit = useMemo(
    () => fittingView(shown.points, size, shown.kind !== 'values'),
    [shown.points, shown.kind, size],
  );
  const view = own ?? fit;
  const scene = useMapScene(shown, hidden, selected);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once; a painter made anew would have nothing to show until something changed
  useEffect(() => {
    const back = shade.current;
    const front = marks.current;
    if (!back || !front) return;
    const made = new MapPainter(back, front, ({ points }) => {
      // For whoever waits for it: which codes are on the screen.
      area.current?.setAttribute('data-painted', String(points.length / 2));
    });
    painter.current = made;
    return () => made.dispose();
  }, []);
  useEffect(() => {
    painter.current?.show(scene, view, size, movingTime(MOVE));
  }, [scene, view, size]);

  // React's own wheel listeners can't keep the panel from scrolling.
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      const factor = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016));
      setView(zoomedView(view, factor, pixelIn(element, event), { size, fit }));
    };
    element.addEventListener('wheel', zoom, { passive: false });
    return () => element.removeEventListener('wheel', zoom);
  }, [view, size, fit]);

  const isHidden = (place: number) => scene.hidden[scene.classAt[place] ?? 0] ?? false;
  const nearest = (pixel: MapPixel, reach: number): number | null =>
    nearestOnScreen(shown.points, pixel, { view, size, reach, isHidden });

  const begin = (event: React.PointerEvent<HTMLDivElement>) => {
    if (event.button > 1) return;
    const start = pixelIn(event.currentTarget, event);
    const kind = event.button === 1 ? 'pan' : event.shiftKey && tool === 'probe' ? 'rectangle' : tool;
    event.currentTarget.setPointerCapture(event.pointerId);
    setHovered(null);
    setGesture({ kind, start, view, outline: [start], moved: false });
    if (kind === 'probe' && nearest(start, markRadius(shown.cloud.count) + 1) === null)
      probeAt(placeAt(start, view, size));
  };
  const move = (event: React.PointerEvent<HTMLDivElement>) => {
    const pixel = pixelIn(event.currentTarget, event);
    if (!gesture) {
      setHovered(nearest(pixel, 9));
      return;
    }
    const moved = gesture.moved || distance(pixel, gesture.start) > STILL;
    if (!moved) return;
    if (gesture.kind === 'probe') probeAt(placeAt(pixel, view, size));
    if (gesture.kind === 'pan')
      setView(pannedView(gesture.view, pixel.left - gesture.start.left, pixel.top - gesture.start.top));
    const outline =
      gesture.kind === 'rectangle'
        ? rectangleOutline(gesture.start, pixel)
        : gesture.kind === 'lasso'
          ? [...gesture.outline, pixel]
          : gesture.outline;
    setGesture({ ...gesture, outline, moved });
  };
  const end = (event: React.PointerEvent<HTMLDivElement>) => {
    if (!gesture) return;
    setGesture(null);
    if (gesture.moved) {
      if (gesture.kind === 'rectangle' || gesture.kind === 'lasso')
        selectPlaces(brushedPlaces(gesture.outline, shown.points, { view, size, isHidden }));
      return;
    }
    const place = nearest(pixelIn(event.currentTarget, event), markRadius(shown.cloud.count) + 1);
    if (place !== null) chooseSample(place);
    else if (gesture.kind === 'rectangle' || gesture.kind === 'lasso') selectPlaces([]);
  };

  const marked = placeShown(shown, code, probe);
  return (
    <div
      ref={area}
      className={styles.area}
      data-tool={gesture?.kind ?? tool}
      role="application"
      aria-label={t('codes.map.name', { count: shown.cloud.count })}
      aria-describedby="code-map-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked by arrow keys, as its description says
      tabIndex={0}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => setGesture(null)}
      onPointerLeave={() => setHovered(null)}
      onDoubleClick={() => setView(null)}
      onKeyDown={(event) => moveByKey(event, { shown, view, fit, size, marked })}
    >
      <canvas ref={shade} className={styles.layer} />
      <canvas ref={marks} className={styles.layer} />
      <MapMarks
        shown={shown}
        view={view}
        size={size}
        marked={marked}
        hovered={hovered}
        outline={gesture && gesture.outline.length > 2 ? gesture.outline : null}
      />
      {hovered !== null && (
        <MapHover
          cloud={shown.cloud}
          place={hovered}
          pixel={pixelOf(pointAt(shown.points, hovered), view, size)}
          size={size}
        />
      )}
      <span id="code-map-keys" className={styles.unseen}>
        {t('codes.map.keys')}
      </span>
    </div>
  );
}

function pixelIn(element: Element, event: { readonly clientX: number; readonly clientY: number }): MapPixel {
  const box = element.getBoundingClientRect();
  return { left: event.clientX - box.left, top: event.clientY - box.top };
}

function distance(a: MapPixel, b: MapPixel): number {
  return Math.hypot(a.left - b.left, a.top - b.top);
}

function pointAt(points: Float32Array, place: number): MapPlace {
  return { x: points[2 * place] ?? Number.NaN, y: points[2 * place + 1] ?? Number.NaN };
}

interface OnScreen {
  readonly view: MapView;
  readonly size: MapSize;
  readonly reach: number;
  isHidden(place: number): boolean;
}

/** The point nearest to a pixel that is seen, no farther than `reach` pixels. */
function nearestOnScreen(points: Float32Array, pixel: MapPixel, { view, size, reach, isHidden }: OnScreen) {
  // As pixels, since a unit need not be as long along both axes.
  const { x, y } = placeAt(pixel, view, size);
  let [found, least] = [null as number | null, reach * reach];
  for (let place = 0; 2 * place < points.length; place += 1) {
    const left = ((points[2 * place] ?? 0) - x) * view.perX;
    const top = ((points[2 * place + 1] ?? 0) - y) * view.perY;
    const square = left * left + top * top;
    if (square < least && !isHidden(place)) [found, least] = [place, square];
  }
  return found;
}
