import type { BlockDefinition } from './block';
import { passOn } from './pass-on';

/**
 * The sum of what several wires bring, all of one shape. Its mirror hands what comes in on to the twin of each source.
 */
export const add: BlockDefinition = {
  type: 'add',
  role: 'layer',
  label: 'Sum',
  mirrorLabel: 'Fan out',
  description: 'Adds what several wires bring, value by value.',
  alsoCalled: ['add', 'plus', 'merge', 'join'],
  params: {},
  accepts: 'any',
  joins: 'add',
  describe: () => '',
  problems: () => [],
  outputShape: (_params, inputShape) => inputShape,
  encoder: passOn,
  mirror: passOn,
};
