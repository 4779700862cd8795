import { asItCame, needsCorruption, type TaskDefinition } from './task';

export const inpaint: TaskDefinition<'inpaint'> = {
  kind: 'inpaint',
  label: 'Inpaint',
  help: 'Fills in what is missing: sees samples with gaps, and gives them back whole.',
  sees: 'sample',
  baseline: asItCame,
  problems: (facts) => needsCorruption('Inpaint', facts),
};
