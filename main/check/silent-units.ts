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
  const layers = await silentPlaces(session, plan, [batch], seed);
  return layers.map(({ layer, units, places }) => ({ layer, units, silent: places.length }));
}

/** Which units of a layer give out nothing: their places along its last axis. */
export interface SilentPlaces {
  readonly layer: Layer;
  readonly units: number;
  readonly places: readonly number[];
}

/**
 * The same over several batches, each of as many samples as `unitSumsProgram` was built for.
 *
 * @param session with that Program
 */
export async function silentPlaces(
  session: ModelSession,
  plan: Plan,
  batches: Iterable<Tensor>,
  seed: number,
): Promise<readonly SilentPlaces[]> {
  const layers = rectified(plan);
  const active: (Uint8Array | null)[] = layers.map(() => null);
  let step = 0;
  for (const batch of batches) {
    const { outputs } = await session.run(PROGRAM, { batch }, { seed, purpose: 'watching', step });
    step += 1;
    layers.forEach((_, index) => {
      const sums = outputs[`layer-${index}`]?.data ?? [];
      const seen = active[index] ?? new Uint8Array(sums.length);
      active[index] = seen;
      // What is not a number is no silence either.
      for (let unit = 0; unit < sums.length; unit++) if (sums[unit] !== 0) seen[unit] = 1;
    });
  }
  return layers.map((layer, index) => {
    const seen = active[index] ?? new Uint8Array(0);
    const places = [...seen.keys()].filter((unit) => seen[unit] === 0);
    return { layer, units: seen.length, places };
  });
}
