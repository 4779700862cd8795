import { isFrozen } from '../../shared/blocks/freezing';
import type { Layer, Plan } from '../../shared/plan/plan';
import type { Program, Update, Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { assignment } from './assignment';
import { normFactor } from './norm-factor';
import { ProgramBuilder } from './program-builder';
import { kernelsOf } from './weight-penalties';

/**
 * The Program that shrinks the incoming weights of every unit to the norm they may have at most (Srivastava et al. 2014), as
 * Keras' MaxNorm; to be run after each step. Null where no layer has such a bound.
 */
export function constrainProgram(plan: Plan): Program | null {
  const build = new ProgramBuilder();
  const updates = plan.layers.flatMap((layer) => {
    const bound = isFrozen(layer) ? 0 : Number(layer.params.maxNorm ?? 0);
    return bound > 0 ? build.inLayer(layer.id, () => constrained(build, layer, bound)) : [];
  });
  return updates.length === 0 ? null : build.finish('constrain', { outputs: {}, updates });
}

function constrained(build: ProgramBuilder, layer: Layer, bound: number): Update[] {
  return kernelsOf(build, layer).map(([state, kernel]) =>
    assignment(state, withinNorm(build, kernel, unitAxis(layer, kernel.shape), bound)),
  );
}

/** The axis of a kernel with an entry a unit: the last but one of a transposed convolution, else the last. */
function unitAxis({ mirrored }: Layer, { length }: readonly number[]): number {
  return mirrored && length > 2 ? length - 2 : length - 1;
}

function withinNorm(build: ProgramBuilder, kernel: Value, unit: number, bound: number): Value {
  const others = allAxes(kernel.shape.length).filter((axis) => axis !== unit);
  const squares = build.add('reduceSum', [build.add('square', [kernel])], { axes: others });
  const factors = normFactor(build, build.add('sqrt', [squares]), bound);
  const shape = kernel.shape.map((length, axis) => (axis === unit ? length : 1));
  const spread = build.add('broadcastTo', [build.add('reshape', [factors], { shape })], {
    shape: kernel.shape,
  });
  return build.add('mul', [kernel, spread]);
}
