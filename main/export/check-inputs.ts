import { valueCount } from '../../shared/tensors/shape';
import type { Tensor } from '../execute/executor';
import type { SampleValues } from '../models/model-runner';
import { normals, uniforms } from '../random/philox';
import { scaledValues } from './file-scale';
import type { ExportSubject } from './format';

/** What an export is run on, and the same as the app's own model takes it. */
export interface CheckInputs {
  /** As the export takes them, in batches of several sizes. */
  readonly batches: readonly Tensor[];
  /** All of them, as a ModelRunner takes them. */
  readonly forApp: SampleValues;
}

const SEED = 20_261_127;

/** Random samples (bytes, or numbers spread as the scaling says) or, for a decoder, random codes. */
export function checkInputs({ model, plan, part }: ExportSubject, count: number): CheckInputs {
  const shape = part === 'decoder' ? plan.codeShape : plan.outputShape;
  const each = valueCount(shape);
  const { dtype, scaling } = model.preprocessing;
  if (part === 'decoder') {
    const codes = normals(SEED, 'export-check', 0, count * each);
    return { batches: batchesOf({ dtype: 'float32', data: codes }, shape, count), forApp: codes };
  }
  const even = uniforms(SEED, 'export-check', 0, count * each);
  if (dtype === 'uint8') {
    const bytes = Uint8Array.from(even, (value) => Math.floor(value * 256));
    return { batches: batchesOf({ dtype, data: bytes }, shape, count), forApp: bytes };
  }
  const spread = scaling?.kind === 'standardise' ? normals(SEED, 'export-check', 0, count * each) : even;
  if (!scaling) return { batches: batchesOf({ dtype, data: spread }, shape, count), forApp: spread };
  const { offset, factor } = scaling;
  const groups = offset.length;
  const files = spread.map((value, at) => value / factor[at % groups]! + offset[at % groups]!);
  return { batches: batchesOf({ dtype, data: files }, shape, count), forApp: scaledValues(files, scaling) };
}

/** All rows but one as a batch, and the last by itself: an export takes any number. */
function batchesOf(
  { dtype, data }: Pick<Tensor, 'dtype' | 'data'>,
  shape: readonly number[],
  count: number,
): Tensor[] {
  const each = valueCount(shape);
  const cuts = count > 1 ? [0, count - 1, count] : [0, count];
  return cuts.slice(1).map((to, at) => {
    const from = cuts[at] ?? 0;
    return { dtype, shape: [to - from, ...shape], data: data.slice(from * each, to * each) };
  });
}
