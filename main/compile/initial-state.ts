import type { WeightSpec } from '../../shared/blocks/layer-ops';
import type { Optimizer } from '../../shared/optimizers/catalogue';
import type { Plan } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import type { Tensor } from '../execute/executor';
import { normals, uniforms } from '../random/philox';
import { weightName } from './lower-plan';
import { optimizerState } from './optimizer-updates';
import { trainableState } from './weight-state';

/**
 * All state before the first step: weights by their initialisers, seeded by (seed, weight name), so that a weight
 * starts alike whatever else the model holds; slots and counters as the optimizer has them.
 * @param seed 0 … 2³² − 1
 */
export function initialState(plan: Plan, optimizer: Optimizer, seed: number): Map<string, Tensor> {
  const state = new Map<string, Tensor>();
  for (const layer of plan.layers) {
    for (const weight of layer.weights) {
      const name = weightName(layer.id, weight.name);
      state.set(name, tensor(weight.shape, initialWeights(weight, seed, name)));
    }
  }
  for (const { name, shape, start } of optimizerState(optimizer, trainableState(plan))) {
    state.set(name, tensor(shape, new Float32Array(valueCount(shape)).fill(start)));
  }
  return state;
}

function tensor(shape: readonly number[], data: Float32Array): Tensor {
  return { dtype: 'float32', shape, data };
}

/** Keras' default spread of `RandomNormal`, and the bound of `RandomUniform`. */
const PLAIN_SPREAD = 0.05;

/** The standard deviation of a standard normal cut off at ±2: what Keras divides by to make up for the cut. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

/** Variance scaling (Glorot & Bengio 2010; He et al. 2015; LeCun et al. 1998): variance = scale / fan. */
function initialWeights(spec: WeightSpec, seed: number, site: string): Float32Array {
  const count = valueCount(spec.shape);
  const fanIn = Math.max(1, spec.fanIn);
  const average = Math.max(1, (spec.fanIn + spec.fanOut) / 2);
  switch (spec.initializer) {
    case 'zeros':
      return new Float32Array(count);
    case 'ones':
      return new Float32Array(count).fill(1);
    case 'randomUniform':
      return uniform(seed, site, count, PLAIN_SPREAD);
    case 'randomNormal':
      return normals(seed, site, 0, count).map((x) => x * PLAIN_SPREAD);
    case 'glorotUniform':
      return uniform(seed, site, count, Math.sqrt(3 / average));
    case 'heUniform':
      return uniform(seed, site, count, Math.sqrt(6 / fanIn));
    case 'lecunUniform':
      return uniform(seed, site, count, Math.sqrt(3 / fanIn));
    case 'glorotNormal':
      return truncatedNormal(seed, site, count, Math.sqrt(1 / average));
    case 'heNormal':
      return truncatedNormal(seed, site, count, Math.sqrt(2 / fanIn));
    case 'lecunNormal':
      return truncatedNormal(seed, site, count, Math.sqrt(1 / fanIn));
  }
}

function uniform(seed: number, site: string, count: number, bound: number): Float32Array {
  return uniforms(seed, site, 0, count).map((x) => (2 * x - 1) * bound);
}

/** Normal numbers beyond two standard deviations are drawn again, each time at the next step of the site. */
function truncatedNormal(seed: number, site: string, count: number, deviation: number): Float32Array {
  const scale = deviation / TRUNCATED_DEVIATION;
  const weights = new Float32Array(count);
  let filled = 0;
  for (let step = 0; filled < count; step++) {
    for (const x of normals(seed, site, step, count)) {
      if (filled === count) break;
      if (Math.abs(x) > 2) continue;
      weights[filled] = x * scale;
      filled += 1;
    }
  }
  return weights;
}
