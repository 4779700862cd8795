import { integer } from '../blocks/parameter';
import type { ScheduleDefinition } from './schedule';
import { factorEntry, warmUp } from './schedule-parameters';

const params = {
  patience: integer({
    label: 'Patience',
    help: 'Epochs without a better loss before the learning rate drops.',
    unit: 'epochs',
    min: 1,
    max: 10_000,
    default: 5,
  }),
  factor: factorEntry('What the learning rate is multiplied by at each drop.', 0.5),
  warmUp,
};

/** What counts as better, as in Keras' `ReduceLROnPlateau`. */
const LEAST_GAIN = 1e-4;

/** factor^(how often `patience` epochs went by without a gain). */
export const plateau: ScheduleDefinition<typeof params> = {
  type: 'plateau',
  label: 'On plateau',
  help: 'The learning rate drops when the validation loss has not become better for a while.',
  params,
  factor({ patience, factor }, { epochLosses }) {
    let best = Number.POSITIVE_INFINITY;
    let waited = 0;
    let drops = 0;
    for (const loss of epochLosses) {
      if (loss < best - LEAST_GAIN) {
        best = loss;
        waited = 0;
      } else waited += 1;
      if (waited === patience) {
        drops += 1;
        waited = 0;
      }
    }
    return factor ** drops;
  },
};
