import type { GraphDocument } from '../document/graph-document';
import { displayName } from './display-names';
import { nodeOwner, twinId } from './mirror';
import { PRIME } from './plan';

/**
 * What files about a layer are named after: what people call it, in letters, digits and `-` alone, which every system allows; with
 * its id where another block goes by the same. `Edges′` is `Edges-twin`, a layer without a name `dense-1`.
 */
export function layerFileName(document: Pick<GraphDocument, 'blocks'>, layerId: string): string {
  const own = safe(displayName(document, layerId)) || safe(layerId);
  const { blockId } = nodeOwner(layerId);
  const isTaken = document.blocks.some(({ id, name }) => {
    if (id === blockId) return false;
    const others = [id, ...(name === undefined ? [] : [name])].flatMap((other) => [other, twinId(other)]);
    return others.some((other) => safe(other).toLowerCase() === own.toLowerCase());
  });
  return isTaken && own !== safe(layerId) ? `${own}-${safe(layerId)}` : own;
}

function safe(name: string): string {
  return name
    .normalize('NFC')
    .replaceAll(PRIME, '-twin')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}
