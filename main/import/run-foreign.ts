import { setImmediate } from 'node:timers/promises';
import { type Shape, valueCount } from '../../shared/tensors/shape';
import type { ForeignConvolution, ForeignLayer, ForeignPool, ForeignResample } from './foreign-layer';

/**
 * Computes what a foreign model gives for one sample, straight from the definitions and in double precision: what drawings
 * made of it are held against. Slow, and meant for a few samples; others get a turn between layers.
 *
 * @param sample in the model's own order of values
 */
export async function runForeign(
  layers: readonly ForeignLayer[],
  sample: Float64Array,
): Promise<Float64Array> {
  let values = sample;
  for (const layer of layers) {
    values = step(layer, values);
    await setImmediate();
  }
  return values;
}

/** How many products one sample takes. */
export function productsOf(layers: readonly ForeignLayer[]): number {
  return layers.reduce((sum, layer) => {
    if (layer.kind === 'dense') return sum + layer.kernel.length;
    if (layer.kind !== 'conv' && layer.kind !== 'conv-transpose') return sum;
    const places = layer.windows.reduce((product, { count }) => product * count, 1);
    return sum + places * layer.kernel.length;
  }, 0);
}

function step(layer: ForeignLayer, x: Float64Array): Float64Array {
  switch (layer.kind) {
    case 'dense':
      return dense(x, layer.kernel, layer.bias, valueCount(layer.outputShape));
    case 'conv':
      return convolve(layer, x);
    case 'conv-transpose':
      return convolveTransposed(layer, x);
    case 'max-pool':
    case 'average-pool':
      return pool(layer, x);
    case 'resample':
      return resample(layer, x);
    case 'pad':
    case 'crop':
      return border(x, layer.inputShape, layer.outputShape, layer.before, layer.kind === 'pad' ? 1 : -1);
    case 'batch-norm':
      return x.map((value, index) => {
        const channel = index % layer.gamma.length;
        const deviation = Math.sqrt((layer.variance[channel] ?? 0) + layer.epsilon);
        const normal = (value - (layer.mean[channel] ?? 0)) / deviation;
        return normal * (layer.gamma[channel] ?? 1) + (layer.beta[channel] ?? 0);
      });
    case 'layer-norm':
      return layerNorm(x, layer.gamma, layer.beta, layer.epsilon);
    case 'activation':
      return x.map(activations[layer.activation]);
    case 'rescale':
      return x.map((value) => value * layer.scale + layer.offset);
    case 'permute':
      return permute(x, layer.inputShape, layer.axes);
    case 'reshape':
    case 'dropout':
    case 'noise':
      return x;
  }
}

/** In the constants of Keras 3, which are those of our blocks. */
const activations: Readonly<
  Record<Extract<ForeignLayer, { kind: 'activation' }>['activation'], (x: number) => number>
> = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  relu6: (x) => Math.min(Math.max(x, 0), 6),
  leakyRelu: (x) => (x < 0 ? 0.2 * x : x),
  leakyRelu001: (x) => (x < 0 ? 0.01 * x : x),
  leakyRelu01: (x) => (x < 0 ? 0.1 * x : x),
  leakyRelu03: (x) => (x < 0 ? 0.3 * x : x),
  elu: (x) => (x < 0 ? Math.expm1(x) : x),
  selu: (x) => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Math.expm1(x) : x),
  gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
  swish: (x) => x / (1 + Math.exp(-x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

/** By its Taylor series, and for large arguments by a continued fraction (Abramowitz & Stegun 1964, 7.1.5 and 7.1.14). */
function erf(x: number): number {
  const z = Math.abs(x);
  if (z > 6) return Math.sign(x);
  if (z < 3) {
    let [term, sum] = [z, z];
    for (let n = 1; n < 100; n++) {
      term *= -(z * z) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  let fraction = z;
  for (let k = 60; k >= 1; k--) fraction = z + k / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-z * z) / fraction / Math.sqrt(Math.PI));
}

function dense(x: Float64Array, kernel: Float32Array, bias: Float32Array | null, units: number) {
  const y = new Float64Array(units);
  if (bias) y.set(bias);
  for (const [row, value] of x.entries()) {
    if (value === 0) continue;
    for (let unit = 0; unit < units; unit++)
      y[unit] = (y[unit] ?? 0) + value * (kernel[row * units + unit] ?? 0);
  }
  return y;
}

/** Calls back for every place that a window covers: the window's index, the place, the kernel's place; both flat. */
function overWindows(
  { windows }: Pick<ForeignConvolution, 'windows'>,
  visit: (window: number, place: number, tap: number) => void,
): void {
  const [rows, columns] = windows.length === 1 ? [single, windows[0]] : [windows[0], windows[1]];
  if (!rows || !columns) return;
  for (let row = 0; row < rows.count; row++) {
    for (let column = 0; column < columns.count; column++) {
      for (let down = 0; down < rows.kernel; down++) {
        const y = row * rows.stride + down * rows.dilation - rows.before;
        if (y < 0 || y >= rows.length) continue;
        for (let right = 0; right < columns.kernel; right++) {
          const x = column * columns.stride + right * columns.dilation - columns.before;
          if (x < 0 || x >= columns.length) continue;
          visit(row * columns.count + column, y * columns.length + x, down * columns.kernel + right);
        }
      }
    }
  }
}

const single = { length: 1, count: 1, kernel: 1, stride: 1, dilation: 1, before: 0 };

function convolve(layer: ForeignConvolution, x: Float64Array): Float64Array {
  const channels = layer.inputShape.at(-1) ?? 1;
  const filters = layer.outputShape.at(-1) ?? 1;
  const [inGroup, outGroup] = [channels / layer.groups, filters / layer.groups];
  const y = new Float64Array(valueCount(layer.outputShape));
  if (layer.bias) for (let index = 0; index < y.length; index++) y[index] = layer.bias[index % filters] ?? 0;
  overWindows(layer, (window, place, tap) => {
    for (let filter = 0; filter < filters; filter++) {
      const first = Math.floor(filter / outGroup) * inGroup;
      let sum = 0;
      for (let channel = 0; channel < inGroup; channel++) {
        const weight = layer.kernel[(tap * inGroup + channel) * filters + filter] ?? 0;
        sum += weight * (x[place * channels + first + channel] ?? 0);
      }
      y[window * filters + filter] = (y[window * filters + filter] ?? 0) + sum;
    }
  });
  return y;
}

function convolveTransposed(layer: ForeignConvolution, x: Float64Array): Float64Array {
  const channels = layer.inputShape.at(-1) ?? 1;
  const made = layer.outputShape.at(-1) ?? 1;
  const [inGroup, outGroup] = [channels / layer.groups, made / layer.groups];
  const y = new Float64Array(valueCount(layer.outputShape));
  if (layer.bias) for (let index = 0; index < y.length; index++) y[index] = layer.bias[index % made] ?? 0;
  overWindows(layer, (window, place, tap) => {
    for (let channel = 0; channel < channels; channel++) {
      const value = x[window * channels + channel] ?? 0;
      if (value === 0) continue;
      const first = Math.floor(channel / inGroup) * outGroup;
      for (let out = 0; out < outGroup; out++) {
        const at = place * made + first + out;
        y[at] = (y[at] ?? 0) + value * (layer.kernel[(tap * outGroup + out) * channels + channel] ?? 0);
      }
    }
  });
  return y;
}

function pool(layer: ForeignPool, x: Float64Array): Float64Array {
  const channels = layer.inputShape.at(-1) ?? 1;
  const isMax = layer.kind === 'max-pool';
  const y = new Float64Array(valueCount(layer.outputShape)).fill(isMax ? Number.NEGATIVE_INFINITY : 0);
  const covered = new Float64Array(y.length / channels);
  overWindows(layer, (window, place) => {
    covered[window] = (covered[window] ?? 0) + 1;
    for (let channel = 0; channel < channels; channel++) {
      const [value, at] = [x[place * channels + channel] ?? 0, window * channels + channel];
      y[at] = isMax ? Math.max(y[at] ?? 0, value) : (y[at] ?? 0) + value;
    }
  });
  return isMax ? y : y.map((sum, index) => sum / (covered[Math.floor(index / channels)] ?? 1));
}

function resample(layer: ForeignResample, x: Float64Array): Float64Array {
  const channels = layer.inputShape.at(-1) ?? 1;
  const [rows, columns] =
    layer.places.length === 1 ? [[0], layer.places[0] ?? []] : [layer.places[0] ?? [], layer.places[1] ?? []];
  const [height, width] =
    layer.places.length === 1
      ? [1, layer.inputShape[0] ?? 1]
      : [layer.inputShape[0] ?? 1, layer.inputShape[1] ?? 1];
  const y = new Float64Array(rows.length * columns.length * channels);
  for (const [row, down] of rows.entries()) {
    for (const [column, right] of columns.entries()) {
      const [top, left] = [Math.floor(down), Math.floor(right)];
      const [low, far] = [Math.min(top + 1, height - 1), Math.min(left + 1, width - 1)];
      for (let channel = 0; channel < channels; channel++) {
        const at = (r: number, c: number) => x[(r * width + c) * channels + channel] ?? 0;
        const upper = at(top, left) * (1 - right + left) + at(top, far) * (right - left);
        const lower = at(low, left) * (1 - right + left) + at(low, far) * (right - left);
        y[(row * columns.length + column) * channels + channel] =
          upper * (1 - down + top) + lower * (down - top);
      }
    }
  }
  return y;
}

/** Puts what comes in at `before` places from the first of what goes out (or, cutting off, the other way round). */
function border(x: Float64Array, from: Shape, to: Shape, before: readonly number[], sign: 1 | -1) {
  const y = new Float64Array(valueCount(to));
  const channels = from.at(-1) ?? 1;
  const [height, width] = from.length === 2 ? [1, from[0] ?? 1] : [from[0] ?? 1, from[1] ?? 1];
  const [tall, wide] = to.length === 2 ? [1, to[0] ?? 1] : [to[0] ?? 1, to[1] ?? 1];
  const [top, left] = before.length === 1 ? [0, before[0] ?? 0] : [before[0] ?? 0, before[1] ?? 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [r, c] = [row + sign * top, column + sign * left];
      if (r < 0 || r >= tall || c < 0 || c >= wide) continue;
      for (let channel = 0; channel < channels; channel++) {
        y[(r * wide + c) * channels + channel] = x[(row * width + column) * channels + channel] ?? 0;
      }
    }
  }
  return y;
}

function layerNorm(x: Float64Array, gamma: Float32Array, beta: Float32Array, epsilon: number) {
  const channels = gamma.length;
  const y = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += channels) {
    const place = x.subarray(start, start + channels);
    const mean = place.reduce((sum, value) => sum + value, 0) / channels;
    const variance = place.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channels;
    for (let channel = 0; channel < channels; channel++) {
      const normal = ((place[channel] ?? 0) - mean) / Math.sqrt(variance + epsilon);
      y[start + channel] = normal * (gamma[channel] ?? 1) + (beta[channel] ?? 0);
    }
  }
  return y;
}

function permute(x: Float64Array, shape: Shape, axes: readonly number[]): Float64Array {
  const strides = shape.map((_, axis) => valueCount(shape.slice(axis + 1)));
  const lengths = axes.map((axis) => shape[axis] ?? 1);
  return x.map((_, place) => {
    let [rest, from] = [place, 0];
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const length = lengths[axis] ?? 1;
      from += (rest % length) * (strides[axes[axis] ?? 0] ?? 0);
      rest = Math.floor(rest / length);
    }
    return x[from] ?? 0;
  });
}
