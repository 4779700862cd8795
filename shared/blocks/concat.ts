import type { BlockDefinition } from './block';
import { passOn } from './pass-on';

/**
 * What several wires bring, one after the other along the channels (of vectors: the values). Its mirror splits what comes in
 * again, a part for the twin of each source.
 */
export const concat: BlockDefinition = {
  type: 'concat',
  role: 'layer',
  label: 'Concatenate',
  mirrorLabel: 'Split',
  brief: { label: 'Concat', mirrorLabel: 'Split' },
  description: 'Puts what several wires bring side by side, channel after channel.',
  alsoCalled: ['merge', 'join', 'stack', 'cat', 'U-Net'],
  params: {},
  accepts: 'any',
  joins: 'concat',
  describe: () => '',
  problems: () => [],
  outputShape: (_params, inputShape) => inputShape,
  encoder: passOn,
  mirror: passOn,
};
