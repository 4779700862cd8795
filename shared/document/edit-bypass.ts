import { problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { bypassRefusal } from '../plan/bypass';
import { nodeOwner } from '../plan/mirror';
import type { GraphDocument } from './graph-document';
import { tidy } from './tidy';

/** Why a node of the canvas cannot be left out of the network, or null where it can: with it goes its twin or its block. */
export function canBypass(doc: GraphDocument, nodeId: string): Problem | null {
  const { blockId, placed } = nodeOwner(nodeId);
  const block = placed ? undefined : doc.blocks.find(({ id }) => id === blockId);
  if (block) return bypassRefusal(block);
  const why = placed ? `it comes and goes with ${blockId}` : 'every autoencoder has one';
  return problem('BYPASS_IMPOSSIBLE', { block: nodeId, why }, { nodeId });
}

/** Leaves nodes of the canvas out of the network, or takes them in again. Throws ProblemError as `canBypass` says. */
export function setBypassed(
  doc: GraphDocument,
  nodeIds: readonly string[],
  bypassed: boolean,
): GraphDocument {
  for (const nodeId of nodeIds) {
    const wrong = canBypass(doc, nodeId);
    if (wrong) throw new ProblemError(wrong);
  }
  const chosen = new Set(nodeIds.map((nodeId) => nodeOwner(nodeId).blockId));
  const others = (doc.bypassed ?? []).filter((id) => !chosen.has(id));
  return tidy({ ...doc, bypassed: bypassed ? [...others, ...chosen] : others });
}
