import { asItCame, needsCorruption, type TaskDefinition } from './task';

export const denoise: TaskDefinition<'denoise'> = {
  kind: 'denoise',
  label: 'Denoise',
  help: 'Takes noise off samples: sees them corrupted, and gives them back clean.',
  sees: 'sample',
  baseline: asItCame,
  problems: (facts) => needsCorruption('Denoise', facts),
};
