import { canConnect, disconnect } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import { wireId } from '../../shared/plan/wiring';
import { currentDocument } from '../state/document-store';
import { endInside } from './group-ends';

/** Why a wire is refused, in sentences. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

interface End {
  readonly nodeId: string;
  readonly type: 'source' | 'target';
}

/** The wire being taken off one block to be put on another; it does not count as drawn while it is in the hand. */
let inHand: { readonly from: string; readonly to: string } | null = null;

/** What was found for the drawing as it is: every block asks again whenever the pointer moves. */
let known: {
  readonly document: GraphDocument;
  readonly wired: GraphDocument;
  readonly refusals: Map<string, Refusal | null>;
} | null = null;

export function takeInHand(wire: { readonly from: string; readonly to: string } | null): void {
  inHand = wire;
  known = null;
}

/** Whether the wire in the hand was taken off a block, rather than begun. */
export function isInHand(): boolean {
  return inHand !== null;
}

/** Why the wire begun at `start` can't end at a node, or null where it can. */
export function refusalOf(start: End, nodeId: string): Refusal | null {
  if (start.nodeId === nodeId) return null;
  const [from, to] = start.type === 'source' ? [start.nodeId, nodeId] : [nodeId, start.nodeId];
  return wireRefusal(from, to);
}

/** The same of a wire between two nodes of the canvas. */
export function wireRefusal(source: string, target: string): Refusal | null {
  const document = currentDocument();
  const [from, to] = [endInside(source, 'source'), endInside(target, 'target')];
  if (known?.document !== document) {
    const wired = inHand ? disconnect(document, inHand.from, inHand.to) : document;
    known = { document, wired, refusals: new Map() };
  }
  const id = wireId(from, to);
  const remembered = known.refusals.get(id);
  if (remembered !== undefined) return remembered;
  const refusal = canConnect(known.wired, from, to);
  known.refusals.set(id, refusal);
  return refusal;
}
