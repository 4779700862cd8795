import { type Shape, sameShape, valueCount } from '../tensors/shape';
import type { ConvolutionOptions, LayerOps, Pads, Pair, WeightSpec } from './layer-ops';
import { pictureOf } from './spatial';

/**
 * Runs a block's lowering on shapes alone, refusing whatever an engine would refuse. The tests' executor: what it
 * accepts, at the shape it finds, is what both engines must give. A weight is stood for by its shape.
 */
export class ShapeOps implements LayerOps<Shape> {
  /** Names of the weights the lowering used. */
  readonly used = new Set<string>();
  private readonly weights: ReadonlyMap<string, Shape>;

  constructor(
    weights: readonly WeightSpec[],
    readonly training = false,
  ) {
    this.weights = new Map(weights.map(({ name, shape }) => [name, shape]));
  }

  shapeOf(x: Shape): Shape {
    return x;
  }

  weight(name: string, as?: Shape): Shape {
    const shape = this.weights.get(name);
    if (!shape) throw new Error(`no weight ${name}`);
    this.used.add(name);
    return as ? this.reshape(shape, as) : shape;
  }

  matmul(x: Shape, kernel: Shape): Shape {
    const [values, ...rest] = x;
    const [rows, columns, ...more] = kernel;
    expect(rest.length === 0 && more.length === 0 && values === rows, `matmul ${x} · ${kernel}`);
    return whole([columns ?? 0]);
  }

  matmulTransposed(x: Shape, kernel: Shape): Shape {
    return this.matmul(x, kernel.toReversed());
  }

  add(a: Shape, b: Shape): Shape {
    expect(sameShape(a, b), `add ${a} + ${b}`);
    return a;
  }

  mul(a: Shape, b: Shape): Shape {
    return this.add(a, b);
  }

  affine(x: Shape): Shape {
    return x;
  }

  scaleChannels(x: Shape, factors: Shape): Shape {
    return this.biasAdd(x, factors);
  }

  channelMeans(x: Shape): Shape {
    return x.slice(-1);
  }

  placeMeans(x: Shape): Shape {
    return x;
  }

  inverseRoot(x: Shape): Shape {
    return x;
  }

  exp(x: Shape): Shape {
    return x;
  }

  clip(x: Shape, min: number, max: number): Shape {
    expect(min <= max, `clip between ${min} and ${max}`);
    return x;
  }

  atLeast(x: Shape): Shape {
    return x;
  }

  constant(values: readonly number[], shape: Shape): Shape {
    expect(values.length === valueCount(shape), `${values.length} numbers for ${shape}`);
    return whole(shape);
  }

  repeat(x: Shape, shape: Shape): Shape {
    const fits = x.length === shape.length && x.every((n, axis) => n === 1 || n === shape[axis]);
    expect(fits, `repeat of ${x} to ${shape}`);
    return whole(shape);
  }

  alongAxis(x: Shape, axis: number, matrix: readonly number[]): Shape {
    const columns = matrix.length / (x[axis] ?? 0);
    return whole(x.map((length, at) => (at === axis ? columns : length)));
  }

  biasAdd(x: Shape, bias: Shape): Shape {
    expect(bias.length === 1 && bias[0] === x.at(-1), `biasAdd ${x} + ${bias}`);
    return x;
  }

  conv2d(
    x: Shape,
    kernel: Shape,
    { stride, pads, dilation = [1, 1], groups = 1 }: ConvolutionOptions,
  ): Shape {
    const [height, width, channels] = pictureOf(x);
    const [rows = 0, columns = 0, channelsIn = 0, filters = 0] = kernel;
    const fits = channelsIn * groups === channels && filters % groups === 0;
    expect(kernel.length === 4 && fits, `conv2d ${x} * ${kernel} in ${groups} groups`);
    expect(stride === 1 || dilation.every((apart) => apart === 1), `dilation ${dilation}, stride ${stride}`);
    const extent = [(rows - 1) * dilation[0] + 1, (columns - 1) * dilation[1] + 1] as const;
    checkPads(pads, extent);
    return whole([
      windows(height + pads.top + pads.bottom, extent[0], stride),
      windows(width + pads.left + pads.right, extent[1], stride),
      filters,
    ]);
  }

  conv2dTranspose(x: Shape, kernel: Shape, options: ConvolutionOptions & { outputSize: Pair }): Shape {
    const [, , channelsOut = 0] = kernel;
    const restored: Shape = [...options.outputSize, channelsOut * (options.groups ?? 1)];
    // The adjoint exists exactly where the convolution it is adjoint to leads from `restored` to `x`.
    const forward = this.conv2d(restored, kernel, options);
    expect(sameShape(forward, x), `conv2dTranspose: ${restored} convolves to ${forward}, not to ${x}`);
    return restored;
  }

  joinGroups(x: Shape, parts: number, groups: number): Shape {
    const [, , channels] = pictureOf(x);
    expect(channels % (parts * groups) === 0, `${parts} parts of ${groups} groups in ${x}`);
    return x;
  }

  averagePool2d(x: Shape, options: { size: Pair; stride: number; pads: Pads }): Shape {
    return this.maxPool2d(x, options);
  }

  maxPool2d(x: Shape, { size, stride, pads }: { size: Pair; stride: number; pads: Pads }): Shape {
    const [height, width, channels] = pictureOf(x);
    checkPads(pads, size);
    return whole([
      windows(height + pads.top + pads.bottom, size[0], stride),
      windows(width + pads.left + pads.right, size[1], stride),
      channels,
    ]);
  }

  upsampleNearest2d(x: Shape, factor: Pair): Shape {
    const [height, width, channels] = pictureOf(x);
    return whole([height * factor[0], width * factor[1], channels]);
  }

  slice(x: Shape, begin: readonly number[], size: readonly number[]): Shape {
    expect(begin.length === x.length && size.length === x.length, `slice of ${x}: ${begin}, ${size}`);
    x.forEach((length, axis) => {
      const from = begin[axis] ?? -1;
      expect(from >= 0 && from + (size[axis] ?? 0) <= length, `slice of ${x} from ${begin}, ${size} long`);
    });
    return whole(size);
  }

  concat(parts: readonly Shape[], axis: number): Shape {
    const [first] = parts;
    if (!first || axis < 0 || axis >= first.length)
      throw new Error(`concat of ${parts.length} along ${axis}`);
    for (const part of parts) {
      const fits =
        part.length === first.length && part.every((length, a) => a === axis || length === first[a]);
      expect(fits, `concat of ${first} and ${part} along ${axis}`);
    }
    const total = parts.reduce((sum, part) => sum + (part[axis] ?? 0), 0);
    return first.map((length, a) => (a === axis ? total : length));
  }

  reshape(x: Shape, shape: Shape): Shape {
    expect(valueCount(x) === valueCount(shape), `reshape of ${x} to ${shape}`);
    return whole(shape);
  }

  activate(x: Shape): Shape {
    return x;
  }

  random(_site: string, shape: Shape): Shape {
    return whole(shape);
  }

  assign(weight: string, value: Shape): void {
    expect(this.training && sameShape(this.weight(weight), value), `assign ${value} to ${weight}`);
  }

  keep(): void {}
}

function windows(length: number, size: number, stride: number): number {
  return Math.floor((length - size) / stride) + 1;
}

/** ONNX Runtime wants pads smaller than the window, and no pad is negative. */
function checkPads({ top, bottom, left, right }: Pads, [rows, columns]: Pair): void {
  const fits = [top, bottom].every((pad) => pad >= 0 && pad < rows);
  expect(fits && [left, right].every((pad) => pad >= 0 && pad < columns), 'pads outside 0 … size − 1');
}

function whole(shape: Shape): Shape {
  for (const length of shape) expect(Number.isInteger(length) && length >= 1, `a shape of ${shape}`);
  return shape;
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
