import { isFrozen } from '../../shared/blocks/freezing';
import type { Layer, Plan } from '../../shared/plan/plan';
import type { Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { weightName } from './lower-plan';
import type { ProgramBuilder } from './program-builder';

/** The kernels of a layer by the names of their state: what has more than one axis, so not biases and the like, as in Keras. */
export function kernelsOf(build: ProgramBuilder, layer: Layer): [state: string, kernel: Value][] {
  return layer.weights
    .filter(({ shape }) => shape.length > 1)
    .map(({ name, shape }) => {
      const state = weightName(layer.id, name);
      return [state, build.read(state, shape)];
    });
}

/**
 * What the kernels of a plan are charged: λ₁·Σ|w| + λ₂·Σw² of each layer, as Keras' kernel regularisers; nothing of frozen ones.
 *
 * @param share of the batch that the Program is for: its parts' charges add up to the whole
 * @returns null where nothing is charged for
 */
export function weightPenaltyOf(build: ProgramBuilder, plan: Plan, share: number): Value | null {
  const charges = plan.layers
    .filter((layer) => !isFrozen(layer))
    .flatMap((layer) =>
      build.inLayer(layer.id, () => {
        const charge = (factor: unknown, op: string): Value[] => {
          if (!(Number(factor) > 0)) return [];
          return kernelsOf(build, layer).map(([, kernel]) => {
            const sum = build.add('reduceSum', [build.add(op, [kernel])], {
              axes: allAxes(kernel.shape.length),
            });
            return build.add('mul', [sum, build.constant(Number(factor) * share)]);
          });
        };
        return [...charge(layer.params.l1, 'abs'), ...charge(layer.params.l2, 'square')];
      }),
    );
  return charges.length === 0 ? null : build.sum(charges);
}
