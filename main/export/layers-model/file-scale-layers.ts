import { type Shape, valueCount } from '../../../shared/tensors/shape';
import type { Preprocessing } from '../../models/trained-model';
import { RECONSTRUCTIONS } from '../ends';
import type { Network, NetworkLayer } from './network';

/** Samples of files as the model sees them. */
export function preparedSamples(
  network: Network,
  input: NetworkLayer,
  { dtype, scaling }: Preprocessing,
): NetworkLayer {
  const floats = dtype === 'uint8' ? rescaled(network, input, 'from_bytes', 1 / 255, 0) : input;
  if (!scaling) return floats;
  const { offset, factor } = scaling;
  if (offset.length === 1) {
    // The offset first: numbers far from 0 would lose their digits otherwise.
    const centred = rescaled(network, floats, 'centre', 1, -(offset[0] ?? 0));
    return rescaled(network, centred, 'scale', factor[0] ?? 1, 0);
  }
  return eachScaled(network, floats, 'scaling', { mean: offset, gamma: factor, beta: null });
}

/** What a model makes, in the scale of the files. */
export function undone(
  network: Network,
  made: NetworkLayer,
  { dtype, scaling }: Preprocessing,
): NetworkLayer {
  const { offset, factor } = scaling ?? { offset: [], factor: [] };
  const inverse = factor.map((each) => 1 / each);
  let numbers = made;
  if (offset.length === 1)
    numbers = rescaled(
      network,
      made,
      dtype === 'uint8' ? 'unscale' : RECONSTRUCTIONS,
      inverse[0] ?? 1,
      offset[0] ?? 0,
    );
  else if (scaling) {
    numbers = eachScaled(network, made, dtype === 'uint8' ? 'unscaling' : RECONSTRUCTIONS, {
      mean: null,
      gamma: inverse,
      beta: offset,
    });
  }
  return dtype === 'uint8' ? rescaled(network, numbers, RECONSTRUCTIONS, 255, 0) : numbers;
}

function rescaled(
  network: Network,
  x: NetworkLayer,
  name: string,
  scale: number,
  offset: number,
): NetworkLayer {
  if (scale === 1 && offset === 0) return x;
  return network.add({ className: 'Rescaling', name, shape: x.shape, config: { scale, offset } }, x);
}

interface EachScaled {
  readonly mean: readonly number[] | null;
  readonly gamma: readonly number[];
  readonly beta: readonly number[] | null;
}

/** (x − mean) · gamma + beta of each value by itself: a batch normalisation whose variance is 1. */
function eachScaled(
  network: Network,
  x: NetworkLayer,
  name: string,
  { mean, gamma, beta }: EachScaled,
): NetworkLayer {
  const { length } = gamma;
  const numbers = (values: readonly number[] | null, otherwise: number) => ({
    shape: [length],
    data: Float32Array.from(values ?? new Array<number>(length).fill(otherwise)),
  });
  const reshaped = (from: NetworkLayer, shape: Shape) =>
    String(from.shape) === String(shape)
      ? from
      : network.add(
          { className: 'Reshape', name: `${name}_reshape`, shape, config: { target_shape: [...shape] } },
          from,
        );
  const flat = x.shape.at(-1) === length ? x : reshaped(x, [valueCount(x.shape) / length, length]);
  const weights = [
    { name: 'gamma', ...numbers(gamma, 1) },
    { name: 'beta', ...numbers(beta, 0) },
    { name: 'moving_mean', ...numbers(mean, 0) },
    { name: 'moving_variance', ...numbers(null, 1) },
  ];
  const config = { axis: -1, momentum: 0.99, epsilon: 0, center: true, scale: true };
  const scaled = network.add(
    { className: 'BatchNormalization', name, shape: flat.shape, config, weights },
    flat,
  );
  return reshaped(scaled, x.shape);
}
