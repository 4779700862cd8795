import { useNodesInitialized, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useDocument } from '../state/document-store';
import { useDrawing } from '../state/drawing';
import { provideFitView } from './fit-view-command';

const OPTIONS = { padding: 0.03, maxZoom: 1, duration: 160 };

/** Keeps the drawing in sight: all of it when a document is opened, and again when something new lies outside. */
export function FitView() {
  const { fitView, getNodes } = useReactFlow();
  const store = useStoreApi();
  const ready = useNodesInitialized();
  const opened = useDocument((state) => state.opened);
  const unmoved = useDocument((state) => Object.keys(state.history.present.layout).length === 0);
  const ids = useDrawing()
    .nodes.map(({ id }) => id)
    .join(' ');
  const shownFor = useRef(-1);

  useEffect(() => provideFitView(() => void fitView(OPTIONS)), [fitView]);

  useEffect(() => {
    if (!ready || ids === '') return;
    const { transform, width, height } = store.getState();
    const [x, y, zoom] = transform;
    const outside = getNodes().some((node) => {
      const left = node.position.x * zoom + x;
      const top = node.position.y * zoom + y;
      return (
        left < 0 ||
        top < 0 ||
        left + (node.width ?? 0) * zoom > width ||
        top + (node.height ?? 0) * zoom > height
      );
    });
    // While nothing has been moved by hand, every change lays the whole drawing out anew.
    if (shownFor.current !== opened || unmoved || outside) void fitView(OPTIONS);
    shownFor.current = opened;
  }, [ready, opened, ids, unmoved, fitView, getNodes, store]);
  return null;
}
