import type { TaskDefinition } from './task';

export const compress: TaskDefinition<'compress'> = {
  kind: 'compress',
  label: 'Compress',
  help: 'Keeps of each sample as few numbers as the code holds.',
  sees: 'sample',
  baseline: null,
  problems: () => [],
};
