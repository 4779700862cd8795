import type { GraphDocument } from './graph-document';
import { tidy } from './tidy';

/**
 * Draws the network of another drawing in place of this one's: its blocks and wires and all that is said of these, where they
 * lie there. Name, task, data, output, training and notes stay.
 */
export function takeNetwork(doc: GraphDocument, other: GraphDocument): GraphDocument {
  const { groups: _groups, bypassed: _bypassed, ...own } = doc;
  const { blocks, wires, decoder, skips, tied, bypassed, groups, layout } = other;
  const network = { blocks, wires, decoder, skips, tied, layout };
  return tidy({ ...own, ...network, ...(bypassed && { bypassed }), ...(groups && { groups }) });
}
