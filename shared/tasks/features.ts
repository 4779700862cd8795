import type { TaskDefinition } from './task';

export const features: TaskDefinition<'features'> = {
  kind: 'features',
  label: 'Vary features',
  help: 'Finds the directions in which samples differ, one number of the code each.',
  sees: 'sample',
  baseline: null,
  problems: () => [],
};
