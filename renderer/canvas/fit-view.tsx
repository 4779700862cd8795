import {
  getViewportForBounds,
  useNodesInitialized,
  useReactFlow,
  useStore,
  useStoreApi,
} from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { movingTime } from '../settings/motion';
import { useDocument } from '../state/document-store';
import { currentDrawing, useDrawing } from '../state/drawing';
import { detourLevels } from './detours';
import { provideFitView } from './fit-view-command';
import { fittingViewport, LEAST_FITTING_ZOOM } from './fitting-viewport';
import { boundsOf, shownBoxes } from './shown-boxes';

const FITTING_MS = 160;
/** The zoom that a selection is shown at at most, and the room kept free around it. */
const CLOSEST = 1.4;
const CLOSE_UP_MARGIN = '48px';

/**
 * Keeps the drawing in sight: all of it when a document is opened, again when something new lies outside, and again
 * when the pane changes its size, unless the user has moved the view meanwhile.
 */
export function FitView() {
  const { setViewport } = useReactFlow();
  const store = useStoreApi();
  const ready = useNodesInitialized();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const opened = useDocument((state) => state.opened);
  const unmoved = useDocument((state) => Object.keys(state.history.present.layout).length === 0);
  const { nodes, wires } = useDrawing();
  const ids = [...nodes, ...wires.filter(({ skip }) => skip !== null)].map(({ id }) => id).join(' ');
  const shownFor = useRef(-1);
  /** The view as this component left it; another one now is the user's own. */
  const fitted = useRef('');

  const show = useCallback(
    (duration: number) => {
      const boxes = shownBoxes();
      const { selection } = useDocument.getState();
      const selected = boxes.filter(({ id }) => selection.includes(id));
      const pane = store.getState();
      const anchor = selected.length > 0 ? boundsOf(selected) : null;
      const bounds = boundsOf(boxes);
      const lowest = Math.max(bounds.y + bounds.height, ...detourLevels(currentDrawing()).values());
      const view = fittingViewport({ ...bounds, height: lowest - bounds.y }, pane, anchor);
      fitted.current = written([view.x, view.y, view.zoom]);
      void setViewport(view, { duration });
    },
    [setViewport, store],
  );

  const zoomIn = useCallback(() => {
    const chosen = new Set(useDocument.getState().selection);
    const wires = currentDrawing().wires.filter(({ id }) => chosen.has(id));
    for (const { from, to } of wires) chosen.add(from).add(to);
    const boxes = shownBoxes().filter(({ id }) => chosen.has(id));
    if (boxes.length === 0) {
      show(movingTime(FITTING_MS));
      return;
    }
    const { width, height } = store.getState();
    const bounds = boundsOf(boxes);
    const view = getViewportForBounds(bounds, width, height, LEAST_FITTING_ZOOM, CLOSEST, CLOSE_UP_MARGIN);
    void setViewport(view, { duration: movingTime(FITTING_MS) });
  }, [setViewport, show, store]);

  useEffect(() => provideFitView(() => show(movingTime(FITTING_MS)), zoomIn), [show, zoomIn]);

  useEffect(() => {
    if (!ready || ids === '') return;
    const { transform, width, height } = store.getState();
    const [x, y, zoom] = transform;
    const outside = shownBoxes().some((box) => {
      const left = box.x * zoom + x;
      const top = box.y * zoom + y;
      return left < 0 || top < 0 || left + box.width * zoom > width || top + box.height * zoom > height;
    });
    // While nothing has been moved by hand, every change lays the whole drawing out anew.
    if (shownFor.current !== opened || unmoved || outside)
      show(shownFor.current === -1 ? 0 : movingTime(FITTING_MS));
    shownFor.current = opened;
  }, [ready, opened, ids, unmoved, show, store]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the size of the pane is what this answers
  useEffect(() => {
    if (written(store.getState().transform) === fitted.current) show(0);
  }, [width, height, show, store]);
  return null;
}

/** Two views that differ by less than can be seen are the same. */
function written(transform: readonly number[]): string {
  return transform.map((value) => value.toFixed(2)).join(' ');
}
