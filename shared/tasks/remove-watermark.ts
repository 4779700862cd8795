import { asItCame, needsCorruption, type TaskDefinition } from './task';

export const removeWatermark: TaskDefinition<'remove-watermark'> = {
  kind: 'remove-watermark',
  label: 'Remove a watermark',
  help: 'Takes a mark off pictures: sees them marked, and gives them back as they were.',
  sees: 'sample',
  baseline: asItCame,
  problems: (facts) => needsCorruption('Remove a watermark', facts),
};
