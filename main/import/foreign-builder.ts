import type { Activation } from '../../shared/blocks/layer-ops';
import { formatShape, type Shape, valueCount } from '../../shared/tensors/shape';
import type { AxisWindows, ForeignBase, ForeignLayer } from './foreign-layer';
import { refused } from './refusal';

/** The most values that a layer may give for one sample. */
const MOST_VALUES = 2 ** 24;

type Of = Pick<ForeignBase, 'name' | 'type' | 'half'>;
type WithoutBase<L> = L extends ForeignLayer ? Omit<L, keyof ForeignBase> : never;

/** Collects the layers of a model, each taking what the one before gives. */
export class ForeignBuilder {
  readonly layers: ForeignLayer[] = [];
  #shape: Shape;

  constructor(readonly inputShape: Shape) {
    this.#shape = inputShape;
  }

  /** Of what the last layer gives. */
  get shape(): Shape {
    return this.#shape;
  }

  /** @throws ProblemError where the layer would give nothing, or more than any computer holds */
  push({ name, type, half }: Of, layer: WithoutBase<ForeignLayer>, outputShape: Shape = this.#shape): void {
    const isShape = outputShape.every((length) => Number.isInteger(length) && length >= 1);
    if (!isShape || valueCount(outputShape) > MOST_VALUES) {
      throw refused(
        { name, type },
        `it would make ${formatShape(outputShape)} of ${formatShape(this.#shape)}`,
      );
    }
    const base = { name, type, ...(half ? { half } : {}), inputShape: this.#shape, outputShape };
    this.layers.push({ ...base, ...layer } as ForeignLayer);
    this.#shape = outputShape;
  }

  activation(of: Of, activation: Activation): void {
    if (activation !== 'linear') this.push(of, { kind: 'activation', activation });
  }

  reshape(of: Of, shape: Shape): void {
    if (valueCount(shape) !== valueCount(this.#shape)) {
      throw refused(of, `it can’t put ${formatShape(this.#shape)} into ${formatShape(shape)}`);
    }
    this.push(of, { kind: 'reshape', axes: [] }, shape);
  }

  /** Axis i of what goes out is axis `axes[i]` of what comes in. */
  permute(of: Of, axes: readonly number[]): void {
    const isWhole = axes.length === this.#shape.length && axes.every((_, axis) => axes.includes(axis));
    if (!isWhole)
      throw refused(of, `it exchanges the axes ${axes.join(', ')} of ${formatShape(this.#shape)}`);
    this.push(
      of,
      { kind: 'permute', axes },
      axes.map((axis) => this.#shape[axis] ?? 1),
    );
  }

  /** Does something channels last, where what comes in has its channels first. */
  channelsLast(of: Of, work: () => void): void {
    const rank = this.#shape.length;
    if (rank < 2) {
      work();
      return;
    }
    this.permute(of, [...Array.from({ length: rank - 1 }, (_, axis) => axis + 1), 0]);
    work();
    this.permute(of, [rank - 1, ...Array.from({ length: rank - 1 }, (_, axis) => axis)]);
  }
}

/** Windows as TensorFlow lays them; `causal`: nothing behind a place counts for it. */
export function paddedWindows(
  axis: Omit<AxisWindows, 'count' | 'before'>,
  padding: 'same' | 'valid' | 'causal',
): AxisWindows {
  const { length, kernel, stride, dilation } = axis;
  const extent = (kernel - 1) * dilation + 1;
  if (padding === 'valid') return { ...axis, before: 0, count: Math.floor((length - extent) / stride) + 1 };
  const count = Math.ceil(length / stride);
  if (padding === 'causal') return { ...axis, before: extent - 1, count };
  return { ...axis, count, before: Math.floor(Math.max((count - 1) * stride + extent - length, 0) / 2) };
}

/** The longest axis that is enlarged to. */
const LONGEST = 2 ** 20;

/**
 * Where every value of an axis comes from that is enlarged by a whole factor, pixel centres lying half a pixel in.
 *
 * @throws ProblemError where it would be too long
 */
export function upsampledPlaces(
  of: Of,
  length: number,
  factor: number,
  method: 'nearest' | 'bilinear',
): readonly number[] {
  if (length * factor > LONGEST) throw refused(of, `it enlarges ${length} to ${length * factor}`);
  return Array.from({ length: length * factor }, (_, place) =>
    method === 'nearest'
      ? Math.floor(place / factor)
      : Math.min(Math.max((place + 0.5) / factor - 0.5, 0), length - 1),
  );
}
