import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { formatShape, type Shape, sameShape } from '../../../shared/tensors/shape';
import type { StoredTensor } from '../../hdf5/hdf5-content';
import type { RawLayer } from './keras-config';

/** Where the variables of a Keras model lie. */
export interface WeightStore {
  /**
   * One variable of a layer.
   *
   * @param names what Keras calls it, in one version or another: `kernel`, `depthwise_kernel`
   * @param place which of the layer's variables it is, counted from 0
   */
  find(layer: RawLayer, names: readonly string[], place: number): StoredTensor | null;
}

/** Takes the variables of one layer, in the order in which Keras keeps them. */
export class LayerWeights {
  #place = 0;

  constructor(
    private readonly store: WeightStore,
    private readonly layer: RawLayer,
  ) {}

  /** @throws ProblemError where it is missing, or of another shape */
  take(names: readonly string[], shape: Shape): Float32Array {
    const found = this.store.find(this.layer, names, this.#place++);
    if (found && sameShape(found.shape, shape)) return found.data;
    throw new ProblemError(
      problem('IMPORT_WEIGHT', {
        layer: this.layer.name,
        weight: (names[0] ?? '').replaceAll('_', ' '),
        expected: formatShape(shape),
        got: found ? formatShape(found.shape) || 'one number' : 'none',
      }),
    );
  }
}
