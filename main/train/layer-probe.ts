import type { Plan } from '../../shared/plan/plan';
import { silentPlaces, unitSumsProgram } from '../check/silent-units';
import { weightName } from '../compile/lower-plan';
import type { SampleArray } from '../data/dataset';
import { filledRows, floatRows, gatherRows } from '../data/sample-rows';
import type { Tensor } from '../execute/executor';
import { type LayerRecord, type Spread, spreadOf } from './layer-histograms';
import type { LayerSession } from './layer-session';

/** Samples that units are called silent by. */
export const PROBED = 256;

interface Probe {
  readonly samples: SampleArray;
  /** Of which the first 256 are looked at. */
  readonly rows: Int32Array;
  readonly seed: number;
  /** Whether units are probed for silence, which takes a forward pass of all 256. */
  readonly forSilence: boolean;
}

/**
 * How the weights of every layer are spread, and what it gives out for the first batch of the probe's samples; and which units of
 * ReLUs give out nothing for any of its 256.
 *
 * @param session with these weights
 */
export async function probeLayers(
  session: LayerSession,
  plan: Plan,
  { samples, rows, seed, forSilence }: Probe,
  weights: ReadonlyMap<string, Tensor>,
  when: { readonly epoch: number; readonly step: number },
): Promise<Map<string, LayerRecord>> {
  const { batchSize } = session;
  const probed = rows.subarray(0, PROBED);
  const first = probed.subarray(0, batchSize);
  const outputs = await session.batch(gatherRows(samples, filledRows(first, batchSize)), 0);
  const batches = function* () {
    for (let start = 0; start < probed.length; start += batchSize) {
      yield floatRows(samples, filledRows(probed.subarray(start, start + batchSize), batchSize));
    }
  };
  const found =
    forSilence && unitSumsProgram(plan, batchSize)
      ? await silentPlaces(session.forUnitSums, plan, batches(), seed)
      : [];
  const silent = new Map(found.map(({ layer, places }) => [layer.id, places]));
  // Layers that pass a value on share its spread.
  const known = new Map<Float32Array, Spread>();
  const spread = (values: Float32Array): Spread => {
    const present = known.get(values) ?? spreadOf(values);
    known.set(values, present);
    return present;
  };
  return new Map(
    plan.layers.map(({ id, weights: own, outputShape }) => {
      const size = outputShape.reduce((product, length) => product * length, 1);
      const values = outputs.get(id) ?? new Float32Array();
      // A last, smaller batch was filled up.
      const counted = first.length === batchSize ? values : values.subarray(0, first.length * size);
      const ofWeights = own.flatMap(({ name }) => {
        const data = weights.get(weightName(id, name))?.data;
        return data instanceof Float32Array ? [[name, spreadOf(data)] as const] : [];
      });
      const record = { ...when, activations: spread(counted), weights: new Map(ofWeights) };
      return [id, { ...record, silent: silent.get(id) ?? null }];
    }),
  );
}
