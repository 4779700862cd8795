import { moveNodes, type Position } from '../../shared/document/edits';
import { currentDocument, edit, settle } from '../state/document-store';
import { currentDrawing } from '../state/drawing';
import { selectedNodes } from '../state/selected-nodes';
import { GRID, useGrid } from './snapping';

/** Pixels at zoom 1 that an arrow key moves what is selected, and how many times that with Shift. */
const STEP = 5;
const FAR = 4;
/** Presses that follow each other within this many milliseconds are one step of undo. */
const RUN_MS = 1_000;

const DIRECTIONS: Readonly<Record<string, Position>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

let runEnds = 0;

/** Moves nodes to where an arrow key has put them; a run of presses makes one step. */
export function nudge(moved: Readonly<Record<string, Position>>): void {
  const ids = Object.keys(moved);
  if (ids.length === 0) return;
  edit((document) => moveNodes(document, moved), `nudge ${ids.join(' ')}`);
  window.clearTimeout(runEnds);
  runEnds = window.setTimeout(settle, RUN_MS);
}

/**
 * Lets the arrow keys move what is selected also while no block has the focus, such as after pasting; a focused one is
 * moved by React Flow. Returns what ends it.
 */
export function takeArrowKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    const direction = DIRECTIONS[event.key];
    const elsewhere = document.activeElement !== document.body && !document.activeElement?.closest('main');
    if (!direction || event.defaultPrevented || elsewhere) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const selection = selectedNodes();
    const places = [
      ...currentDrawing().nodes.map(({ id, position }) => ({ id, ...position })),
      ...(currentDocument().notes ?? []),
    ];
    const nodes = places.filter(({ id }) => selection.includes(id));
    if (nodes.length === 0 || document.querySelector('[role="dialog"], [role="menu"]')) return;
    event.preventDefault();
    const by = (useGrid.getState().on ? GRID : STEP) * (event.shiftKey ? FAR : 1);
    nudge(
      Object.fromEntries(
        nodes.map(({ id, x, y }) => [id, { x: x + direction.x * by, y: y + direction.y * by }]),
      ),
    );
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
