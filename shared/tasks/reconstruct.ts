import { asItCame, type TaskDefinition } from './task';

export const reconstruct: TaskDefinition<'reconstruct'> = {
  kind: 'reconstruct',
  label: 'Reconstruct',
  help: 'Gives each sample back from its code, as it was.',
  sees: 'sample',
  baseline: asItCame,
  problems: () => [],
};
