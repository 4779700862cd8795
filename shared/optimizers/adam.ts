import { momentCounters, momentSlots, momentStep } from './moments';
import type { OptimizerDefinition } from './optimizer';
import { beta1, beta2, epsilon } from './optimizer-parameters';

const params = { beta1, beta2, epsilon };

/** Adam (Kingma & Ba 2014), with Keras' defaults. */
export const adam: OptimizerDefinition<typeof params> = {
  type: 'adam',
  label: 'Adam',
  help: 'Scales each weight’s step by the gradients it met. Right for most networks.',
  params,
  slots: () => momentSlots,
  counters: momentCounters,
  update: (ops, inputs, params) => momentStep(ops, inputs.weight, inputs, params),
};
