import { canConnect, disconnect } from '../../shared/document/edits';
import { currentDocument } from '../state/document-store';

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

export function takeInHand(wire: { readonly from: string; readonly to: string } | null): void {
  inHand = wire;
}

/** Why the wire begun at `start` can't end at a node, or null where it can. */
export function refusalOf(start: End, nodeId: string): Refusal | null {
  if (start.nodeId === nodeId) return null;
  const [from, to] = start.type === 'source' ? [start.nodeId, nodeId] : [nodeId, start.nodeId];
  return wireRefusal(from, to);
}

export function wireRefusal(from: string, to: string): Refusal | null {
  const document = currentDocument();
  return canConnect(inHand ? disconnect(document, inHand.from, inHand.to) : document, from, to);
}
