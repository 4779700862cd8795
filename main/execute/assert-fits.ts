import { sameShape, valueCount } from '../../shared/tensors/shape';
import type { DType } from '../ops/program';
import type { Tensor } from './executor';

const ARRAYS = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const;

/** What a program is fed, or a state tensor: what goes into its place. */
interface Place {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** @throws Error where a tensor has not the type, shape and number of elements that belong to its place */
export function assertFits(place: Place, { dtype, shape, data }: Tensor): void {
  const fits = dtype === place.dtype && data instanceof ARRAYS[dtype] && sameShape(shape, place.shape);
  if (fits && data.length === valueCount(shape)) return;
  throw new Error(
    `${place.name} is ${place.dtype} [${place.shape}]; ${dtype} [${shape}] with ${data.length} elements came`,
  );
}
