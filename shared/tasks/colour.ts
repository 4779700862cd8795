import { problem } from '../errors/catalogue';
import { formatShape, isPicture } from '../tensors/shape';
import type { TaskDefinition } from './task';

export const colour: TaskDefinition<'colour'> = {
  kind: 'colour',
  label: 'Colour',
  help: 'Sees pictures in grey and gives them back in colour.',
  sees: 'grey',
  baseline: {
    kind: 'oneColour',
    label: 'One colour',
    help: 'The grey pictures, all tinted with the one colour that suits them best.',
  },
  problems({ shape, inputId: nodeId }) {
    if (isPicture(shape) && shape[2] === 3) return [];
    return [problem('TASK_NEEDS_COLOUR', { shape: formatShape(shape) }, nodeId ? { nodeId } : undefined)];
  },
};
