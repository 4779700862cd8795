import type { ScheduleDefinition } from './schedule';
import { factorEntry, warmUp } from './schedule-parameters';

const params = {
  factor: factorEntry('What is left of the learning rate after each epoch.', 0.95),
  warmUp,
};

/** factor^epoch, with fractions of epochs. */
export const exponentialDecay: ScheduleDefinition<typeof params> = {
  type: 'exponential',
  label: 'Exponential',
  help: 'The learning rate falls by the same share in every epoch.',
  params,
  factor: ({ factor }, { step, stepsPerEpoch }) => factor ** (step / stepsPerEpoch),
};
