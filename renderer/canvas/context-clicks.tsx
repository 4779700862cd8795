import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import type { Position } from '../../shared/document/edits';
import { select, useDocument } from '../state/document-store';
import { selectedNodes } from './block-actions';
import { canvasPlace } from './canvas-place';
import { closeContextMenu, openContextMenu, type Port, useContextMenu } from './context-menu-store';

/** Pixels of the window within which a press of the right button is a click and not a drag, which moves the view. */
const STILL = 4;
/** Some systems ask for the menu right after the button is let go, in milliseconds. */
const AFTER = 300;

/** Opens the context menu by the right button, the menu key and a long touch. A drag with the right button opens none. */
export function ContextClicks() {
  const store = useStoreApi();
  const opened = useDocument((state) => state.opened);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a drawing that is opened is what this answers
  useEffect(() => closeContextMenu(), [opened]);
  useEffect(() => {
    const { domNode } = store.getState();
    if (!domNode) return;
    let begun: Position | null = null;
    let ended = Number.NEGATIVE_INFINITY;
    const onDown = (event: PointerEvent) => {
      if (event.button !== 2 || !(event.target instanceof Node && domNode.contains(event.target))) return;
      begun = event.ctrlKey ? null : { x: event.clientX, y: event.clientY };
      ended = performance.now();
    };
    const onUp = (event: PointerEvent) => {
      if (event.button !== 2) return;
      ended = performance.now();
      const start = begun;
      begun = null;
      if (!start || Math.hypot(event.clientX - start.x, event.clientY - start.y) > STILL) return;
      openAt({ x: event.clientX, y: event.clientY }, event.target);
    };
    // Of what a key or a touch asks for, the place is that of what has the focus or was touched.
    const onMenu = (event: MouseEvent) => {
      const { target } = event;
      const unfocused = target === document.body;
      if (!unfocused && !(target instanceof Node && domNode.contains(target))) return;
      event.preventDefault();
      if (begun || performance.now() - ended < AFTER) return;
      const item = target instanceof Element ? target.closest('.react-flow__node, .react-flow__edge') : null;
      if (item) openAt(middleOf(item), item);
      else openOnSelection();
    };
    // At the window, so that it is heard of whatever else takes the press.
    window.addEventListener('pointerdown', onDown, { capture: true });
    window.addEventListener('pointerup', onUp, { capture: true });
    window.addEventListener('contextmenu', onMenu);
    return () => {
      window.removeEventListener('pointerdown', onDown, { capture: true });
      window.removeEventListener('pointerup', onUp, { capture: true });
      window.removeEventListener('contextmenu', onMenu);
    };
  }, [store]);
  return null;
}

/** Opens the menu on what is selected, or on the canvas where nothing is. */
export function openOnSelection(): void {
  if (useContextMenu.getState().place) return;
  const { toWindow, pointer } = canvasPlace();
  const [node] = selectedNodes();
  const at = node ? toWindow({ x: node.position.x, y: node.position.y + node.height / 2 }) : pointer();
  const { selection } = useDocument.getState();
  openContextMenu({ at, about: selection.length === 0 ? 'canvas' : 'selection' });
}

/** Opens the menu on what lies under a point; what is not selected yet is then, alone. */
function openAt(at: Position, target: EventTarget | null): void {
  if (!(target instanceof Element) || target.closest('.react-flow__panel')) return;
  const id = target.closest('.react-flow__node, .react-flow__edge')?.getAttribute('data-id');
  const several = isInSelection(at);
  const port = portOf(target);
  if (id !== null && id !== undefined) {
    if (!useDocument.getState().selection.includes(id)) select([id]);
  } else if (!several) {
    if (!target.closest('.react-flow')) return;
    select([]);
  }
  openContextMenu({ at, about: port ?? (id || several ? 'selection' : 'canvas') });
}

/** The side of a block whose port this is. */
function portOf(target: Element): Port | null {
  const handle = target.closest('.react-flow__handle.connectable');
  const nodeId = handle?.getAttribute('data-nodeid');
  if (!handle || !nodeId) return null;
  return { nodeId, side: handle.classList.contains('source') ? 'source' : 'target' };
}

/** Whether a point of the window lies between blocks that a box selected, which React Flow draws a frame around. */
function isInSelection({ x, y }: Position): boolean {
  const frame = document.querySelector('.react-flow__nodesselection-rect')?.getBoundingClientRect();
  return frame !== undefined && x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom;
}

function middleOf(element: Element): Position {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
