import { type Activation, LEAKY_SLOPES } from '../../shared/blocks/layer-ops';
import type { Value } from '../ops/program';
import type { ProgramBuilder } from './program-builder';

/** The activation of values, in ops: most have one of their own. */
export function activated(build: ProgramBuilder, x: Value, activation: Activation): Value {
  const slope = LEAKY_SLOPES[activation];
  if (slope !== undefined) return build.add('leakyRelu', [x], { slope });
  switch (activation) {
    case 'linear':
      return x;
    case 'relu6':
      return build.add('clip', [x], { min: 0, max: 6 });
    // x · sigmoid(x) (Elfwing et al. 2018; Ramachandran et al. 2017).
    case 'swish':
      return build.add('mul', [x, build.add('sigmoid', [x])]);
    default:
      return build.add(activation, [x]);
  }
}
