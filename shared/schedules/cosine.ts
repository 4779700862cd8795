import { number } from '../blocks/parameter';
import type { ScheduleDefinition } from './schedule';
import { warmUp } from './schedule-parameters';

const params = {
  last: number({
    label: 'At the end',
    help: 'The share of the learning rate that is left at the end.',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.01,
  }),
  warmUp,
};

/** last + (1 − last)·(1 + cos πt)/2 with t from 0 to 1 over the run (Loshchilov & Hutter 2016, without restarts). */
export const cosine: ScheduleDefinition<typeof params> = {
  type: 'cosine',
  label: 'Cosine',
  help: 'The learning rate falls along half a cosine over the whole run: slowly, fast, slowly.',
  params,
  spansRun: true,
  factor: ({ last }, { step, steps }) => last + ((1 - last) * (1 + Math.cos((Math.PI * step) / steps))) / 2,
};
