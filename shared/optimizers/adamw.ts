import { number } from '../blocks/parameter';
import { momentCounters, momentSlots, momentStep } from './moments';
import type { OptimizerDefinition } from './optimizer';
import { beta1, beta2, epsilon } from './optimizer-parameters';

const params = {
  weightDecay: number({
    label: 'Weight decay',
    help: 'The share of each weight, times the learning rate, that every step takes away.',
    min: 0,
    max: 1,
    step: 0.001,
    default: 0.004,
  }),
  beta1,
  beta2,
  epsilon,
};

/**
 * AdamW (Loshchilov & Hutter 2019): Adam whose weights also shrink by η·λ of themselves, apart from the gradients. Of
 * every weight, biases too, as in Keras, whose default λ is 0.004.
 */
export const adamw: OptimizerDefinition<typeof params> = {
  type: 'adamw',
  label: 'AdamW',
  help: 'Adam with weights that shrink a little at each step, which keeps large networks from learning by heart.',
  params,
  slots: () => momentSlots,
  counters: momentCounters,
  update(ops, inputs, params) {
    const decay = ops.mul(ops.mul(inputs.learningRate, ops.number(params.weightDecay)), inputs.weight);
    return momentStep(ops, ops.sub(inputs.weight, decay), inputs, params);
  },
};
