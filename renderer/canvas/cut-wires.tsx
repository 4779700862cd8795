import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { create } from 'zustand';
import { cutWires, type Position } from '../../shared/document/edits';
import type { DrawingWire } from '../../shared/plan/drawing';
import { currentDocument, edit } from '../state/document-store';
import { canvasDrawing, shownWire } from '../state/drawing';
import { tell } from '../state/messages';
import { t } from '../strings/strings';
import styles from './canvas.module.css';
import { crosses, type Stroke } from './stroke';

/** The line being drawn across wires, in pixels of the window, and the wires it has met. */
export const useCut = create<{ readonly stroke: Stroke | null; readonly wireIds: readonly string[] }>()(
  () => ({
    stroke: null,
    wireIds: [],
  }),
);

/** Pixels of the window between two points along a wire. */
const STEP = 12;

/**
 * Cuts wires: with Alt, or Ctrl and the right button, a line is drawn over the canvas, and every wire it crosses is taken
 * off when the button is let go, all in one step. Escape calls it off.
 */
export function CutWires() {
  const store = useStoreApi();
  const stroke = useCut((state) => state.stroke);
  useEffect(() => {
    const { domNode } = store.getState();
    if (!domNode) return;
    const isOn = ({ target }: Event) =>
      target instanceof Element && domNode.contains(target) && !target.closest('.react-flow__panel');
    let wires: readonly { readonly id: string; readonly line: Stroke }[] = [];
    const begin = (event: PointerEvent) => {
      if (!isCut(event) || !isOn(event)) return;
      stop(event);
      wires = drawnWires(domNode);
      useCut.setState({ stroke: [placeOf(event)], wireIds: [] });
    };
    const go = (event: PointerEvent) => {
      const { stroke: before, wireIds } = useCut.getState();
      const last = before?.at(-1);
      if (!before || !last) return;
      const piece = [last, placeOf(event)];
      const met = wires.filter(({ id, line }) => !wireIds.includes(id) && crosses(piece, line));
      const ids = met.length === 0 ? wireIds : withMirrors([...wireIds, ...met.map(({ id }) => id)]);
      useCut.setState({ stroke: [...before, placeOf(event)], wireIds: ids });
    };
    const end = () => {
      const { stroke: drawn, wireIds } = useCut.getState();
      if (drawn) cut(wireIds);
      useCut.setState({ stroke: null, wireIds: [] });
    };
    const callOff = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !useCut.getState().stroke) return;
      stop(event);
      useCut.setState({ stroke: null, wireIds: [] });
    };
    /** What React Flow would begin with the same press: a selection, or moving the view or a block. */
    const hold = (event: MouseEvent) => {
      if (isCut(event) && isOn(event)) stop(event);
    };
    // At the window: React hears of a press before any element inside its root does.
    window.addEventListener('pointerdown', begin, { capture: true });
    window.addEventListener('mousedown', hold, { capture: true });
    window.addEventListener('pointermove', go);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', callOff, { capture: true });
    return () => {
      window.removeEventListener('pointerdown', begin, { capture: true });
      window.removeEventListener('mousedown', hold, { capture: true });
      window.removeEventListener('pointermove', go);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', callOff, { capture: true });
    };
  }, [store]);
  if (!stroke) return null;
  return (
    <svg className={styles.cut} aria-hidden="true">
      <polyline points={stroke.map(({ x, y }) => `${x},${y}`).join(' ')} />
    </svg>
  );
}

function isCut({ button, altKey, ctrlKey }: MouseEvent): boolean {
  return (button === 0 && altKey) || (button === 2 && ctrlKey);
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function placeOf({ clientX, clientY }: MouseEvent): Position {
  return { x: clientX, y: clientY };
}

/** Every wire on the canvas, in pixels of the window. */
function drawnWires(canvas: HTMLElement) {
  return [...canvas.querySelectorAll('.react-flow__edge')].flatMap((edge) => {
    const path = edge.querySelector<SVGPathElement>('.react-flow__edge-path');
    const id = edge.getAttribute('data-id');
    const matrix = path?.getScreenCTM();
    if (!path || id === null || !matrix) return [];
    const length = path.getTotalLength();
    const pieces = Math.max(2, Math.ceil((length * matrix.a) / STEP));
    const line = Array.from({ length: pieces + 1 }, (_, index) => {
      const { x, y } = path.getPointAtLength((index / pieces) * length).matrixTransform(matrix);
      return { x, y };
    });
    return [{ id, line }];
  });
}

/** With each wire those that go with it: the same wire in the other half, or behind a flattening. */
function withMirrors(ids: readonly string[]): string[] {
  const { wires } = canvasDrawing(currentDocument());
  const chosen = new Set(wires.filter(({ id }) => ids.includes(id)).map(({ encoderWire }) => encoderWire));
  chosen.delete(null);
  const others = wires.filter(({ encoderWire }) => chosen.has(encoderWire)).map(({ id }) => id);
  return [...new Set([...ids, ...others])];
}

/** Takes wires of the canvas off as one step; those of the decoder stand for those of the encoder. */
function cut(wireIds: readonly string[]): void {
  const met = [...new Set(wireIds.flatMap((id) => shownWire(id) ?? []))];
  const cuttable = met.filter(isCuttable);
  if (met.length > 0 && cuttable.length === 0) tell({ severity: 'warning', message: t('canvas.ofTheCode') });
  edit((document) => cutWires(document, cuttable));
}

function isCuttable({ encoderWire, skip }: DrawingWire): boolean {
  return encoderWire !== null || skip !== null;
}
