import { number } from '../blocks/parameter';
import type { ScheduleDefinition } from './schedule';

const params = {
  rise: number({
    label: 'Rise',
    help: 'The share of the run in which the learning rate rises; in the rest it falls.',
    min: 0.05,
    max: 0.95,
    step: 0.05,
    default: 0.3,
  }),
};

/** As PyTorch has it: from a 25th up to the whole rate, then down to a 10,000th of where it began. */
const FIRST = 1 / 25;
const LAST = FIRST / 10_000;

function along(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}

/** One cycle (Smith & Topin 2017), along cosines both ways. */
export const oneCycle: ScheduleDefinition<typeof params> = {
  type: 'one-cycle',
  label: 'One cycle',
  help: 'The learning rate rises from a 25th, then falls to almost nothing; it may be set higher than usual.',
  params,
  spansRun: true,
  factor({ rise }, { step, steps }) {
    const t = step / steps;
    return t < rise ? along(FIRST, 1, t / rise) : along(1, LAST, (t - rise) / (1 - rise));
  },
};
