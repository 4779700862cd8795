import type { BlockDefinition } from './block';
import { passOn } from './pass-on';

/** Where the samples come in. It has no parameters: its shape is the data's. */
export const input: BlockDefinition = {
  type: 'input',
  role: 'input',
  label: 'Input',
  mirrorLabel: 'Output',
  description: 'Where the samples come in; its shape follows the chosen data.',
  params: {},
  accepts: 'any',
  describe: () => '',
  problems: () => [],
  outputShape: (_params, inputShape) => inputShape,
  encoder: passOn,
  mirror: passOn,
};
