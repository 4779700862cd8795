import type { Activation } from '../../shared/blocks/layer-ops';
import type { Layer, Plan } from '../../shared/plan/plan';
import type { Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { type LayerValues, layerOps, lowerLayers, outputOf, weightName } from './lower-plan';
import type { ProgramBuilder } from './program-builder';

/** What every layer gives out for one branch of a batch, and which of the batch's rows these are. */
export interface Branch {
  readonly layers: LayerValues;
  readonly rows: { readonly from: number; readonly of: number };
}

/**
 * How far apart the two points are that a directional derivative is estimated from, in the scale of the samples: the
 * rounding of codes counts for 10⁻⁵, and what the curve bends on the way for less.
 */
const STEP = 0.01;

/** The slope of an activation where it has given out h, for those that the closed form is known for. */
const slopes: Partial<Record<Activation, (build: ProgramBuilder, h: Value) => Value>> = {
  sigmoid: (build, h) => build.add('mul', [h, build.add('sub', [build.constant(1), h])]),
  tanh: (build, h) => build.add('sub', [build.constant(1), build.add('square', [h])]),
};

/**
 * λ·‖∂code/∂input‖²_F, the mean over the samples of a batch (Rifai et al. 2011), as a number that is added to the loss.
 * Exact where the code is one layer of sigmoid or tanh units right after the input: Σⱼ (slope of unit j)²·Σᵢ Wᵢⱼ². For
 * deeper encoders it is an estimate: with v of random signs E‖J·v‖² = ‖J‖²_F (Hutchinson 1990), and J·v is
 * (code(x + ε·v) − code(x)) / ε, with one direction v a sample and step.
 *
 * @param batchSize of the whole batch, which these branches may be a part of
 * @returns null where the code is not charged so
 */
export function contractionOf(
  build: ProgramBuilder,
  plan: Plan,
  branches: readonly Branch[],
  batchSize: number,
): Value | null {
  const code = plan.layers[plan.codeIndex];
  const weight = Number(code?.params.contraction ?? 0);
  if (!code || weight === 0) return null;
  const between = plan.layers.slice(1, plan.codeIndex);
  const slope = between.every(({ type }) => type === 'flatten') ? slopes[code.activation] : undefined;
  return build.inLayer(code.id, () => {
    const sums = branches.map((branch) =>
      slope ? exactSum(build, code, branch, slope) : estimatedSum(build, plan, code, branch),
    );
    return build.add('mul', [build.sum(sums), build.constant(weight / batchSize)]);
  });
}

function exactSum(
  build: ProgramBuilder,
  code: Layer,
  { layers }: Branch,
  slope: NonNullable<(typeof slopes)[Activation]>,
): Value {
  const kernel = code.weights.find(({ name }) => name === 'kernel');
  if (!kernel) throw new Error(`The code ${code.id} has no kernel.`);
  const squares = build.add('square', [build.read(weightName(code.id, 'kernel'), kernel.shape)]);
  const ofUnits = build.add('square', [slope(build, outputOf(layers, code.id))]);
  const each = build.add('mul', [
    build.add('reduceSum', [squares], { axes: [0] }),
    build.add('reduceSum', [ofUnits], { axes: [0] }),
  ]);
  return build.add('reduceSum', [each], { axes: [0] });
}

function estimatedSum(build: ProgramBuilder, plan: Plan, code: Layer, { layers, rows }: Branch): Value {
  const input = plan.layers[0]?.id ?? '';
  const x = outputOf(layers, input);
  const encoder = plan.layers.slice(0, plan.codeIndex + 1);
  const moved = build.add('add', [x, directions(build, code, x, rows)]);
  const there = lowerLayers(build, encoder, new Map([[input, moved]]), { training: true, rows });
  const difference = build.add('sub', [outputOf(there, code.id), outputOf(layers, code.id)]);
  const squares = build.add('square', [build.add('mul', [difference, build.constant(1 / STEP)])]);
  return build.add('reduceSum', [squares], { axes: allAxes(squares.shape.length) });
}

/** For every sample of a branch ±ε in every value. */
function directions(build: ProgramBuilder, code: Layer, x: Value, rows: Branch['rows']): Value {
  const [batch = 0, ...sample] = x.shape;
  const ops = layerOps(build, code, batch, { training: true, rows });
  return ops.affine(ops.atLeast(ops.random('direction', sample, 'uniform'), 0.5), 2 * STEP, -STEP);
}
