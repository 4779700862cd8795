import type { BlockDefinition } from '../../shared/blocks/block';
import { blocks } from '../../shared/blocks/catalogue';
import type { PaletteHalf } from '../state/canvas-edits';
import { t } from '../strings/strings';

/** A block as it is offered: itself in the encoder, or its mirror in the decoder. */
export interface PaletteEntry {
  readonly block: BlockDefinition;
  readonly half: PaletteHalf;
  readonly label: string;
  readonly help: string;
}

interface PaletteGroup {
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}

const layers = blocks.filter((block) => block.role === 'layer' && !block.corrupts);

function ofEncoder(block: BlockDefinition): PaletteEntry {
  return { block, half: 'encoder', label: block.label, help: block.description };
}

function ofDecoder(block: BlockDefinition): PaletteEntry[] {
  // A fan-out or a split of its own says nothing: it comes with what the encoder joins.
  if (block.mirrorLabel === null || block.joins) return [];
  const help = t('blocks.mirrorOf', { block: block.label.toLowerCase() });
  return [{ block, half: 'decoder', label: block.mirrorLabel, help }];
}

/** Every block there is, in the groups and the order in which they are shown. */
export const paletteGroups: readonly PaletteGroup[] = [
  { title: t('blocks.encoder'), entries: layers.map(ofEncoder) },
  { title: t('blocks.code'), entries: blocks.filter((block) => block.role === 'code').map(ofEncoder) },
  { title: t('blocks.decoder'), entries: layers.flatMap(ofDecoder) },
  { title: t('blocks.corruption'), entries: blocks.filter((block) => block.corrupts).map(ofEncoder) },
];
