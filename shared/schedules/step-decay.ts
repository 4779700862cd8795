import { integer } from '../blocks/parameter';
import type { ScheduleDefinition } from './schedule';
import { factorEntry, warmUp } from './schedule-parameters';

const params = {
  every: integer({
    label: 'Every',
    help: 'Epochs from one drop to the next.',
    unit: 'epochs',
    min: 1,
    max: 10_000,
    default: 10,
  }),
  factor: factorEntry('What the learning rate is multiplied by at each drop.', 0.5),
  warmUp,
};

/** factor^⌊epoch / every⌋. */
export const stepDecay: ScheduleDefinition<typeof params> = {
  type: 'step',
  label: 'Step',
  help: 'The learning rate drops by a factor every few epochs.',
  params,
  factor: ({ every, factor }, { step, stepsPerEpoch }) => factor ** Math.floor(step / stepsPerEpoch / every),
};
