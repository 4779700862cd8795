import type { Hdf5Attribute, Hdf5Dataset } from '../../hdf5/write-hdf5';
import type { KerasNetwork } from './keras-layers';
import { kerasOrder } from './keras-order';

/** What Keras keeps of a generator of random numbers that has not been used: its seed, and how often. */
const FRESH_SEED = Uint32Array.of(1, 0);

/**
 * The variables of a network as `model.save_weights` lays them into an HDF5 file: by the class of each layer, counted in
 * Keras' order (`layers/conv2d_1/vars/0`).
 */
export function kerasWeights(network: KerasNetwork): {
  readonly datasets: readonly Hdf5Dataset[];
  readonly attributes: readonly Hdf5Attribute[];
} {
  const counts = new Map<string, number>();
  const datasets: Hdf5Dataset[] = [];
  const attributes: Hdf5Attribute[] = [];
  for (const { className, name, variables = [], seeded } of kerasOrder(network)) {
    // Slicing and functions are no layers, and not counted.
    if (className === 'GetItem' || className === 'Function') continue;
    const kind = snakeCase(className);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const place = `layers/${count === 0 ? kind : `${kind}_${count}`}`;
    for (const [at, variable] of variables.entries()) {
      datasets.push({ path: `${place}/vars/${at}`, ...variable });
    }
    if (variables.length > 0) attributes.push({ path: `${place}/vars`, name: 'name', text: name });
    if (seeded) datasets.push({ path: `${place}/seed_generator/vars/0`, shape: [2], data: FRESH_SEED });
  }
  return { datasets, attributes };
}

/** As Keras writes the names of classes (keras/src/utils/naming.py). */
export function snakeCase(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
