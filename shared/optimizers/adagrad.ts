import { number } from '../blocks/parameter';
import type { OptimizerDefinition } from './optimizer';
import { epsilon } from './optimizer-parameters';

const params = {
  start: number({
    label: 'Start',
    help: 'What each sum of squared gradients begins at; the first steps are the smaller for it.',
    min: 0,
    max: 1_000,
    step: 0.01,
    default: 0.1,
  }),
  epsilon,
};

/** Adagrad (Duchi, Hazan & Singer 2011, in the form of Keras): s ← s + g²;  w ← w − η·g / √(s + ε). */
export const adagrad: OptimizerDefinition<typeof params> = {
  type: 'adagrad',
  label: 'Adagrad',
  help: 'Divides by all gradients ever met, so that steps only get smaller: for rare features, with a high learning rate.',
  params,
  slots: ({ start }) => [{ role: 'sum', start }],
  counters: () => [],
  update(ops, { weight, gradient, learningRate, slot }, { epsilon }) {
    const sum = ops.add(slot('sum'), ops.mul(gradient, gradient));
    const step = ops.div(ops.mul(learningRate, gradient), ops.sqrt(ops.add(sum, ops.number(epsilon))));
    return { weight: ops.sub(weight, step), slots: { sum } };
  },
};
