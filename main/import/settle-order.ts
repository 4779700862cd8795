import { type Shape, valueCount } from '../../shared/tensors/shape';
import type { ForeignBatchNorm, ForeignDense, ForeignLayer, ForeignRearrangement } from './foreign-layer';
import { refused } from './refusal';

/** A value at each place, as an order of values: place p of the file's tensor holds value `order[p]` of ours. Null: the same. */
export type Order = Int32Array | null;

export type SettledLayer = Exclude<ForeignLayer, ForeignRearrangement>;

export interface SettledModel {
  /** Of a sample, channels last. */
  readonly inputShape: Shape;
  /** All but those that rearrange values; what a layer takes is what the one before gives, in the shape it needs. */
  readonly layers: readonly SettledLayer[];
  /** Where the values of a sample stand in what the file's model takes and gives. */
  readonly order: Order;
}

/**
 * Leaves nothing of a model that exchanges axes: with other programs, pictures may come channels first, and dense layers
 * know their values in that order. Rows and columns of dense kernels are put into ours, and the sample itself.
 *
 * @throws ProblemError where an order can't be settled by a dense layer
 */
export function settleOrder(inputShape: Shape, layers: readonly ForeignLayer[]): SettledModel {
  return new OrderSettler(inputShape).settle(layers);
}

class OrderSettler {
  #inputShape: Shape;
  #inputOrder: Order = null;
  /** What the file's tensor is of ours, at this point. */
  #order: Order = null;
  readonly #settled: SettledLayer[] = [];

  constructor(inputShape: Shape) {
    this.#inputShape = inputShape;
  }

  settle(layers: readonly ForeignLayer[]): SettledModel {
    for (const layer of layers) this.#take(layer);
    this.#settleBack(this.#inputOrder, layers.at(-1));
    return { inputShape: this.#inputShape, layers: this.#settled, order: this.#inputOrder };
  }

  #take(layer: ForeignLayer): void {
    switch (layer.kind) {
      case 'permute':
        this.#order = permuted(this.#order, layer.inputShape, layer.axes);
        return;
      case 'dense':
        this.#settled.push(this.#order ? withRows(layer, this.#order) : layer);
        this.#order = null;
        return;
      case 'batch-norm':
        if (this.#order && isOfValues(layer)) {
          this.#settled.push(normalisedIn(layer, null, this.#order));
          return;
        }
        break;
      case 'reshape':
        return;
      case 'activation':
      case 'dropout':
      case 'noise':
      case 'rescale':
        this.#settled.push(layer);
        return;
    }
    this.#settleBack(null, layer);
    this.#settled.push(layer);
  }

  /** Has the layers so far give their values in another order: the dense layer before does, or the sample itself. */
  #settleBack(wanted: Order, layer: ForeignLayer | undefined): void {
    if (!layer || sameOrder(this.#order, wanted)) return;
    const at = this.#settled.findLastIndex((made) => !PASSES_ORDER.has(made.kind) && !isOfValues(made));
    const maker = this.#settled[at];
    if (!maker && wanted === null && !this.#settled.some(isOfValues)) {
      this.#inputOrder = through(this.#inputOrder, inverse(this.#order));
      this.#inputShape = layer.inputShape;
      this.#order = null;
      return;
    }
    if (maker?.kind !== 'dense') {
      throw refused(layer, 'it takes values in an order that no layer before it can give them in');
    }
    this.#settled[at] = withColumns(maker, this.#order, wanted);
    for (const [later, made] of this.#settled.entries()) {
      if (later > at && isOfValues(made)) this.#settled[later] = normalisedIn(made, this.#order, wanted);
    }
    this.#order = wanted;
  }
}

/** What acts on each value by itself, and so in any order. */
const PASSES_ORDER: ReadonlySet<SettledLayer['kind']> = new Set([
  'activation',
  'dropout',
  'noise',
  'rescale',
]);

/** Whether it normalises each value of a vector by itself. */
function isOfValues(layer: SettledLayer): layer is ForeignBatchNorm {
  return layer.kind === 'batch-norm' && layer.inputShape.length === 1;
}

/** The order after the axes of a tensor of this shape were exchanged. */
export function permuted(order: Order, shape: Shape, axes: readonly number[]): Order {
  const strides = shape.map((_, axis) => valueCount(shape.slice(axis + 1)));
  const lengths = axes.map((axis) => shape[axis] ?? 1);
  const steps = axes.map((axis) => strides[axis] ?? 1);
  const result = new Int32Array(valueCount(shape));
  const index = new Array<number>(axes.length).fill(0);
  for (let place = 0, from = 0; place < result.length; place++) {
    result[place] = order ? (order[from] ?? 0) : from;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      from += steps[axis] ?? 0;
      if ((index[axis] ?? 0) < (lengths[axis] ?? 1)) break;
      from -= (steps[axis] ?? 0) * (lengths[axis] ?? 1);
      index[axis] = 0;
    }
  }
  return result.every((value, place) => value === place) ? null : result;
}

function inverse(order: Order): Order {
  if (!order) return null;
  const result = new Int32Array(order.length);
  for (const [place, value] of order.entries()) result[value] = place;
  return result;
}

/** `then` of what `first` gives: place p holds value then[first[p]]. */
function through(first: Order, then: Order): Order {
  if (!first || !then) return first ?? then;
  const result = first.map((value) => then[value] ?? 0);
  return result.every((value, place) => value === place) ? null : result;
}

function sameOrder(a: Order, b: Order): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, place) => value === b[place]);
}

function withRows(layer: ForeignDense, order: Int32Array): ForeignDense {
  const units = valueCount(layer.outputShape);
  const kernel = new Float32Array(layer.kernel.length);
  for (const [place, row] of order.entries()) {
    kernel.set(layer.kernel.subarray(place * units, (place + 1) * units), row * units);
  }
  return { ...layer, kernel };
}

/** The layer giving its value `from[p]` at `to[p]`. */
function withColumns(layer: ForeignDense, from: Order, to: Order): ForeignDense {
  const units = valueCount(layer.outputShape);
  const kernel = moved(layer.kernel, units, from, to);
  return { ...layer, kernel, bias: layer.bias && moved(layer.bias, units, from, to) };
}

function normalisedIn(layer: ForeignBatchNorm, from: Order, to: Order): ForeignBatchNorm {
  const units = layer.gamma.length;
  const each = (values: Float32Array) => moved(values, units, from, to);
  const { gamma, beta, mean, variance } = layer;
  return { ...layer, gamma: each(gamma), beta: each(beta), mean: each(mean), variance: each(variance) };
}

/** Rows of `units` numbers, number `from[p]` of each put to `to[p]`. */
function moved(values: Float32Array, units: number, from: Order, to: Order): Float32Array {
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += units) {
    for (let place = 0; place < units; place++) {
      result[start + (to?.[place] ?? place)] = values[start + (from?.[place] ?? place)] ?? 0;
    }
  }
  return result;
}
