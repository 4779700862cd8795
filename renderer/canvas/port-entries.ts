import { connect, cutWires, encoderEnd } from '../../shared/document/edits';
import type { DrawingNode } from '../../shared/plan/drawing';
import { currentDocument, edit } from '../state/document-store';
import { canvasDrawing, currentDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import type { MenuPlace, Port } from './context-menu-store';
import { endInside } from './group-ends';
import type { MenuEntry } from './menu-entry';
import { addAtPort } from './wire-gestures';
import { refusalOf } from './wiring-rules';

/** Blocks offered to be wired at most, the nearest ones. */
const MOST = 12;

/** What the menu of a port is called. */
export function portTitle({ nodeId, side }: Port): string {
  const node = canvasDrawing(currentDocument()).nodes.find(({ id }) => id === nodeId);
  const named = node ? nameOf(node) : nodeId;
  return t(side === 'source' ? 'canvas.port.output' : 'canvas.port.input', { node: named });
}

/** What people call a node, with its id; its id alone where nobody named it. */
function nameOf({ id, label, kindLabel, kind }: DrawingNode): string {
  if (kind === 'group') return label;
  return label === kindLabel ? id : `${label} ${id}`;
}

/** What can be done at one side of a block: a block put there, a wire drawn without dragging it, wires taken off. */
export function portEntries(shown: Port, { at }: MenuPlace): MenuEntry[] {
  const port = { ...shown, nodeId: endInside(shown.nodeId, shown.side) };
  const end = encoderEnd(currentDocument(), port);
  const add: MenuEntry = {
    kind: 'deed',
    label: t(port.side === 'source' ? 'canvas.port.addBehind' : 'canvas.port.addBefore'),
    refusal: 'code' in end ? end.message : undefined,
    run: () => addAtPort(port, at),
  };
  return [add, ...connectEntries(port), ...disconnectEntries(port)];
}

/** The blocks that a wire from here may lead to, or come from, the nearest first. */
function connectEntries(port: Port): MenuEntry[] {
  const { nodes, wires } = currentDrawing();
  const { nodeId, side } = port;
  const [own, other] = side === 'source' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const wired = new Set(wires.filter((wire) => wire[own] === nodeId).map((wire) => wire[other]));
  const start = nodes.find(({ id }) => id === nodeId);
  if (!start) return [];
  const fitting = [...nodes]
    .sort((a, b) => distance(start, a) - distance(start, b))
    .filter(({ id }) => id !== nodeId && !wired.has(id) && refusalOf({ nodeId, type: side }, id) === null);
  if (fitting.length === 0) return [];
  const entries = fitting.slice(0, MOST).map(
    (node): MenuEntry => ({
      kind: 'deed',
      label: nameOf(node),
      run: () => {
        const [from, to] = side === 'source' ? [nodeId, node.id] : [node.id, nodeId];
        edit((document) => connect(document, from, to));
      },
    }),
  );
  return [
    {
      kind: 'sub',
      label: t(side === 'source' ? 'canvas.port.leadTo' : 'canvas.port.takeFrom'),
      entries,
    },
  ];
}

function disconnectEntries({ nodeId, side }: Port): MenuEntry[] {
  const wires = currentDrawing().wires.filter(
    ({ from, to, encoderWire, skip }) =>
      (side === 'source' ? from : to) === nodeId && (encoderWire !== null || skip !== null),
  );
  if (wires.length === 0) return [];
  const label = t('canvas.port.takeOff', { count: wires.length });
  return [{ kind: 'line' }, { kind: 'deed', label, run: () => edit((doc) => cutWires(doc, wires)) }];
}

function distance(a: DrawingNode, b: DrawingNode): number {
  return Math.hypot(a.position.x - b.position.x, a.position.y - b.position.y);
}
