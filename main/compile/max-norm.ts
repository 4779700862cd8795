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
    assignment(state, withinNorm(build, kernel, unitsOf(layer, kernel.shape), bound)),
  );
}

/** A kernel as a shape in which some axes have, together, an entry a unit. */
interface Units {
  readonly shape: readonly number[];
  readonly axes: readonly number[];
}

/** The unit is the last axis, but of a transposed convolution the last but one, there for each group of what comes in. */
function unitsOf({ mirrored, params }: Layer, shape: readonly number[]): Units {
  const last = shape.length - 1;
  if (!mirrored || last < 2) return { shape, axes: [last] };
  const groups = Number(params.groups ?? 1);
  const filters = (shape[last] ?? 0) / groups;
  return { shape: [...shape.slice(0, last), groups, filters], axes: [last - 1, last] };
}

function withinNorm(build: ProgramBuilder, kernel: Value, { shape, axes }: Units, bound: number): Value {
  const others = allAxes(shape.length).filter((axis) => !axes.includes(axis));
  const apart = build.add('reshape', [kernel], { shape });
  const squares = build.add('reduceSum', [build.add('square', [apart])], { axes: others });
  const factors = normFactor(build, build.add('sqrt', [squares]), bound);
  const each = shape.map((length, axis) => (axes.includes(axis) ? length : 1));
  const spread = build.add('broadcastTo', [build.add('reshape', [factors], { shape: each })], { shape });
  return build.add('reshape', [build.add('mul', [apart, spread])], { shape: kernel.shape });
}
