import type { Connection, FinalConnectionState } from '@xyflow/react';
import { connect, disconnect, encoderEnd, type Position } from '../../shared/document/edits';
import { twinId } from '../../shared/plan/mirror';
import { currentDocument, edit } from '../state/document-store';
import { currentDrawing, shownWire } from '../state/drawing';
import { tell } from '../state/messages';
import { addAtWire } from './add-block';
import type { Port } from './context-menu-store';
import type { CanvasEdge } from './flow-elements';
import { endInside } from './group-ends';
import { isInHand, takeInHand, wireRefusal } from './wiring-rules';

/** What the canvas does with a wire in the hand, in the names React Flow has for it. */
export const wireGestures = {
  isValidConnection: ({ source, target }: Connection | CanvasEdge): boolean =>
    source !== target && wireRefusal(source, target) === null,
  onConnect: ({ source, target }: Connection): void => {
    edit((document) => connect(document, endInside(source, 'source'), endInside(target, 'target')));
  },
  onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
    if (isInHand()) return;
    if (state.toHandle) explain(state);
    else askWhatFits(event, state);
  },
  onReconnectStart: (_event: unknown, edge: CanvasEdge): void => takeInHand(shownWire(edge.id) ?? null),
  onReconnect(edge: CanvasEdge, { source, target }: Connection): void {
    takeInHand(null);
    const wire = shownWire(edge.id);
    const [from, to] = [endInside(source, 'source'), endInside(target, 'target')];
    if (wire) edit((document) => connect(disconnect(document, wire.from, wire.to), from, to));
  },
  onReconnectEnd(_event: unknown, edge: CanvasEdge, _type: unknown, state: FinalConnectionState): void {
    // Dropped on nothing, the wire is taken off; dropped on what refuses it, it stays where it was.
    if (state.toHandle) explain(state);
    else {
      const wire = shownWire(edge.id);
      if (wire) edit((document) => disconnect(document, wire.from, wire.to));
    }
    takeInHand(null);
  },
};

/** A wire dropped on a block that refuses it leaves the reason to be read at leisure. */
function explain({ isValid: valid, fromHandle, toNode }: FinalConnectionState): void {
  if (valid || !fromHandle || !toNode || fromHandle.nodeId === toNode.id) return;
  const [from, to] =
    fromHandle.type === 'source' ? [fromHandle.nodeId, toNode.id] : [toNode.id, fromHandle.nodeId];
  const refusal = wireRefusal(from, to);
  if (refusal) tell({ ...refusal, severity: 'warning' });
}

/** A wire dropped on empty canvas asks for a block to lead to. */
function askWhatFits(event: MouseEvent | TouchEvent, { fromHandle }: FinalConnectionState): void {
  if (!fromHandle || !('clientX' in event)) return;
  const at = { x: event.clientX, y: event.clientY };
  const below = document.elementFromPoint(at.x, at.y);
  if (!below?.closest('.react-flow') || below.closest('.react-flow__node, .react-flow__panel')) return;
  addAtPort({ nodeId: fromHandle.nodeId, side: fromHandle.type }, at);
}

/** Asks at a point of the window for a block to be wired to one side of another. */
export function addAtPort({ nodeId: shownId, side }: Port, at: Position): void {
  const nodeId = endInside(shownId, side);
  const start = currentDrawing().nodes.find(({ id }) => id === nodeId);
  if (!start) return;
  // What stands behind the code stands behind its mirror.
  const of = { nodeId: start.kind === 'code' && side === 'source' ? twinId(start.id) : start.id, side };
  const end = encoderEnd(currentDocument(), of);
  if ('code' in end) tell({ ...end, severity: 'warning' });
  else addAtWire({ at: 'end', of }, at);
}
