import type { ParameterValue } from '../blocks/parameter';
import { derivedParameters, hasTwin, mirrorActivations, nodeOwner, OUTPUT } from '../plan/mirror';
import { isTied, ofOwnKernel } from '../plan/tied';
import { wiringOf } from '../plan/wiring';
import { canonical } from './canonical';
import type { GraphDocument } from './graph-document';

/**
 * The last step of every edit: positions, differences, skips, ties and bypasses of what is gone die with it, a difference that says what
 * the mirror says anyway is dropped, and the document is put into canonical order.
 */
export function tidy(doc: GraphDocument): GraphDocument {
  const wiring = wiringOf(doc);
  const activations = mirrorActivations(doc, wiring);
  const layout = Object.entries(doc.layout).filter(([nodeId]) => {
    const { blockId, twin } = nodeOwner(nodeId);
    const block = wiring.blocks.get(blockId);
    return nodeId === OUTPUT || (block !== undefined && (!twin || hasTwin(block.type)));
  });
  const decoder: [string, Record<string, ParameterValue>][] = [];
  for (const [nodeId, differences] of Object.entries(doc.decoder)) {
    const block = wiring.blocks.get(nodeOwner(nodeId).blockId);
    if (!block || !hasTwin(block.type)) continue;
    const derived = derivedParameters(block, activations);
    const kept = Object.entries(differences).filter(
      ([name, value]) =>
        value !== derived[name] &&
        !(name === 'activation' && activations.outputMaker === block.id) &&
        !(isTied(doc, block) && ofOwnKernel(block.type, name)),
    );
    if (kept.length > 0) decoder.push([nodeId, Object.fromEntries(kept)]);
  }
  const skips = Object.entries(doc.skips).filter(([id]) => wiring.blocks.has(id));
  return canonical({
    ...doc,
    layout: Object.fromEntries(layout),
    decoder: Object.fromEntries(decoder),
    skips: Object.fromEntries(skips),
    tied: doc.tied.filter((id) => wiring.blocks.has(id)),
    ...(doc.bypassed ? { bypassed: doc.bypassed.filter((id) => wiring.blocks.has(id)) } : {}),
  });
}
