import type { Layer, Plan } from '../../shared/plan/plan';
import { lowerLayers, outputOf } from '../compile/lower-plan';
import { ProgramBuilder } from '../compile/program-builder';
import { seenSamples } from '../compile/seen-samples';
import type { ModelSession, Tensor } from '../execute/executor';
import type { Program } from '../ops/program';
import { allAxes } from '../ops/shape-rules';

/** How many units of a layer give out nothing. */
export interface SilentUnits {
  readonly layer: Layer;
  readonly silent: number;
  readonly units: number;
}

const PROGRAM = 'unit-sums';

/** Layers whose units can be silent for good: a ReLU that is at 0 everywhere passes no gradient on. */
const rectified = ({ layers }: Plan) => layers.filter(({ activation }) => activation === 'relu');

/** A Program of what all units of ReLUs give out over a batch: feeds `batch`, float32 [count, …sample]. Null without ReLUs. */
export function unitSumsProgram(plan: Plan, count: number): Program | null {
  const wanted = rectified(plan);
  const [input] = plan.layers;
  if (wanted.length === 0 || !input) return null;
  const build = new ProgramBuilder();
  const samples = build.feed('batch', [count, ...plan.outputShape]);
  const given = new Map([[input.id, seenSamples(build, plan, samples)]]);
  const values = lowerLayers(build, plan.layers, given, { training: false });
  const outputs = wanted.map(({ id }, index) => {
    const value = outputOf(values, id);
    const axes = allAxes(value.shape.length).slice(0, -1);
    return [`layer-${index}`, build.inLayer(id, () => build.add('reduceSum', [value], { axes }))] as const;
  });
  return build.finish(PROGRAM, { outputs: Object.fromEntries(outputs) });
}

/** The units that are at 0 for every sample of a batch and at every place, layer by layer. */
export async function silentUnits(
  session: ModelSession,
  plan: Plan,
  batch: Tensor,
  seed: number,
): Promise<readonly SilentUnits[]> {
  const { outputs } = await session.run(PROGRAM, { batch }, { seed, purpose: 'watching', step: 0 });
  return rectified(plan).map((layer, index) => {
    const sums = Array.from(outputs[`layer-${index}`]?.data ?? []);
    return { layer, units: sums.length, silent: sums.filter((sum) => sum === 0).length };
  });
}
