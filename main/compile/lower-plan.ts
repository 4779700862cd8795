import { blockOf } from '../../shared/blocks/catalogue';
import { isFrozen } from '../../shared/blocks/freezing';
import type { ConvolutionOptions, LayerOps } from '../../shared/blocks/layer-ops';
import type { Layer } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import type { Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { activated } from './activated';
import type { ProgramBuilder } from './program-builder';

/** The state tensor of a layer's weight: `conv-1/kernel`. */
export function weightName(layerId: string, weight: string): string {
  return `${layerId}/${weight}`;
}

/** What a network is lowered for. Noise and dropout act in training alone, which also uses a batch's own statistics. */
export interface LoweringMode {
  readonly training: boolean;
  /** Which rows of a larger batch the samples are, where they are a part of one: its random numbers are theirs. */
  readonly rows?: { readonly from: number; readonly of: number };
}

/** What every layer gives out for one batch, by layer id, in the order they run; and what they keep, by `keptName`. */
export type LayerValues = ReadonlyMap<string, Value>;

/**
 * Adds the nodes of these layers, in their order.
 *
 * @param given what comes from outside: a batch of samples by the input layer's id, or codes by the code layer's
 * @returns what is given, and what each of these layers gives out
 */
export function lowerLayers(
  build: ProgramBuilder,
  layers: readonly Layer[],
  given: LayerValues,
  mode: LoweringMode,
): LayerValues {
  const values = new Map(given);
  for (const layer of layers) {
    if (values.has(layer.id)) continue;
    const inputs = layer.inputs.map((id) => outputOf(values, id));
    const keep = (name: string, value: Value) => void values.set(keptName(layer, name), value);
    values.set(
      layer.id,
      build.inLayer(layer.id, () =>
        lowerLayer(build, layer, joined(build, layer, inputs), { ...mode, keep }),
      ),
    );
  }
  return values;
}

/** Where a value is found that a layer keeps beside its output. */
export function keptName(layer: Layer, name: string): string {
  return `${layer.id}/${name}`;
}

/** The name by which a layer keeps what a weight is to be after a training step. */
function nextName(weight: string): string {
  return `${weight}:next`;
}

/** What a training step makes of the weights that no optimizer changes and that are not frozen, by the names of their state. */
export function assignedWeights(
  layers: readonly Layer[],
  values: LayerValues,
): readonly (readonly [state: string, value: Value])[] {
  const moving = layers.filter((layer) => !isFrozen(layer));
  return moving.flatMap((layer) =>
    layer.weights
      .filter(({ trainable = true }) => !trainable)
      .map(
        ({ name }) =>
          [weightName(layer.id, name), outputOf(values, keptName(layer, nextName(name)))] as const,
      ),
  );
}

/** What a layer gives out. @throws where it has not been lowered */
export function outputOf(values: LayerValues, layerId: string): Value {
  const value = values.get(layerId);
  if (!value) throw new Error(`Layer ${layerId} has no values yet.`);
  return value;
}

/** What a layer reads, as one value. */
function joined(build: ProgramBuilder, { id, join }: Layer, [first, ...others]: readonly Value[]): Value {
  if (!first) throw new Error(`Layer ${id} reads nothing.`);
  if (others.length === 0) return first;
  if (join === 'concat') return build.add('concat', [first, ...others], { axis: first.shape.length - 1 });
  return others.reduce((sum, value) => build.add('add', [sum, value]), first);
}

function lowerLayer(build: ProgramBuilder, layer: Layer, x: Value, mode: LayerMode): Value {
  const ops = layerOps(build, layer, x.shape[0] ?? 0, mode);
  if (layer.type === 'flatten' || layer.type === 'reshape') return ops.reshape(x, layer.outputShape);
  if (layer.type === 'sum') return x;
  if (layer.type === 'part') {
    const begin = layer.outputShape.map((_, axis) =>
      axis === layer.outputShape.length - 1 ? Number(layer.params.begin) : 0,
    );
    return ops.slice(x, begin, layer.outputShape);
  }
  if (layer.type === 'output') return ops.activate(x, layer.activation);
  const block = blockOf(layer.type);
  if (!block) throw new Error(`Layer ${layer.id} is of the unknown type “${layer.type}”.`);
  const mirror = layer.shared ? block.tiedMirror : block.mirror;
  const rule = layer.mirrored ? mirror : block.encoder;
  if (!rule) throw new Error(`Layer ${layer.id} mirrors a block that has no mirror.`);
  const { params, inputShape, outputShape } = layer;
  return ops.activate(rule.lower(ops, x, { params, inputShape, outputShape }), layer.activation);
}

const LINEAR_OPS = new Set(['matmul', 'conv2d', 'conv2dInputGradient']);

/** What a layer is lowered for, and where what it keeps goes. */
interface LayerMode extends LoweringMode {
  readonly keep?: (name: string, value: Value) => void;
}

/** The operations blocks are lowered by, on batches: shapes of samples get the batch axis in front. */
export function layerOps(
  build: ProgramBuilder,
  layer: Layer,
  batch: number,
  { training, rows = { from: 0, of: batch }, keep = () => {} }: LayerMode,
): LayerOps<Value> {
  const batchOf = (x: Value): number => x.shape[0] ?? 0;
  return {
    training,
    shapeOf: (x) => x.shape.slice(1),
    weight(name, shape) {
      const own = layer.weights.find((weight) => weight.name === name);
      const shared = layer.shared?.weights.find((weight) => weight.name === name);
      const value = own
        ? build.read(weightName(layer.id, name), own.shape)
        : layer.shared && shared && build.read(weightName(layer.shared.layerId, name), shared.shape);
      if (!value) throw new Error(`Layer ${layer.id} has not declared the weight “${name}”.`);
      return shape ? build.add('reshape', [value], { shape }) : value;
    },
    matmul: (x, kernel) => build.add('matmul', [x, kernel]),
    matmulTransposed: (x, kernel) =>
      build.add('matmul', [x, kernel], { transposeA: false, transposeB: true }),
    add: (a, b) => build.add('add', [a, b]),
    mul: (a, b) => build.add('mul', [a, b]),
    affine(x, factor, shift) {
      const product = build.add('mul', [x, build.constant(factor)]);
      return shift === 0 ? product : build.add('add', [product, build.constant(shift)]);
    },
    scaleChannels: (x, factors) => build.add('scaleChannels', [x, factors]),
    channelMeans: (x) => build.add('reduceMean', [x], { axes: allAxes(x.shape.length - 1) }),
    placeMeans(x) {
      const means = build.add('reduceMean', [x], { axes: [x.shape.length - 1] });
      const kept = build.add('reshape', [means], { shape: [...x.shape.slice(0, -1), 1] });
      return build.add('broadcastTo', [kept], { shape: x.shape });
    },
    inverseRoot: (x) => build.add('div', [build.constant(1), build.add('sqrt', [x])]),
    assign: (weight, value) => keep(nextName(weight), value),
    exp: (x) => build.add('exp', [x]),
    keep,
    clip: (x, min, max) => build.add('clip', [x], { min, max }),
    atLeast: (x, threshold) => build.add('atLeast', [x], { threshold }),
    constant: (values, shape) =>
      build.add('broadcastTo', [build.constant(values, [1, ...shape])], { shape: [batch, ...shape] }),
    repeat: (x, shape) => build.add('broadcastTo', [x], { shape: [batchOf(x), ...shape] }),
    alongAxis(x, axis, matrix) {
      // The axis comes last, all others become the rows of one product.
      const { shape } = x;
      const others = shape.map((_, at) => at).filter((at) => at !== axis + 1);
      const order = [...others, axis + 1];
      const length = shape[axis + 1] ?? 0;
      const columns = matrix.length / length;
      const turned = axis + 2 === shape.length ? x : build.add('transpose', [x], { axes: order });
      const rows = build.add('reshape', [turned], { shape: [valueCount(shape) / length, length] });
      const mixed = build.add('matmul', [rows, build.constant(matrix, [length, columns])]);
      const back = build.add('reshape', [mixed], { shape: [...others.map((at) => shape[at] ?? 0), columns] });
      if (turned === x) return back;
      return build.add('transpose', [back], { axes: shape.map((_, at) => order.indexOf(at)) });
    },
    biasAdd(x, bias) {
      // The products take the bias themselves, which saves a pass over the result.
      const node = build.producer(x);
      if (!node || !LINEAR_OPS.has(node.op) || node.inputs.length > 2) return build.add('biasAdd', [x, bias]);
      return build.add(node.op, [...node.inputs, bias], node.attributes);
    },
    conv2d: (x, kernel, options) => build.add('conv2d', [x, kernel], windowAttributes(options)),
    conv2dTranspose: (x, kernel, { outputSize, ...options }) =>
      build.add('conv2dInputGradient', [x, kernel], { ...windowAttributes(options), size: outputSize }),
    joinGroups(x, parts, groups) {
      const channels = x.shape.at(-1) ?? 0;
      const places = valueCount(x.shape) / channels;
      const apart = build.add('reshape', [x], {
        shape: [places, parts, groups, channels / parts / groups],
      });
      const turned = build.add('transpose', [apart], { axes: [0, 2, 1, 3] });
      return build.add('reshape', [turned], { shape: x.shape });
    },
    maxPool2d: (x, { size, ...options }) =>
      build.add('maxPool2d', [x], { size, ...windowAttributes(options) }),
    averagePool2d: (x, { size, ...options }) =>
      build.add('averagePool2d', [x], { size, ...windowAttributes(options) }),
    upsampleNearest2d: (x, factor) => build.add('upsampleNearest2d', [x], { factor }),
    slice: (x, begin, size) => build.add('slice', [x], { begin: [0, ...begin], size: [batchOf(x), ...size] }),
    concat: (parts, axis) => build.add('concat', parts, { axis: axis + 1 }),
    reshape: (x, shape) => build.add('reshape', [x], { shape: [batchOf(x), ...shape] }),
    activate: (x, activation) => activated(build, x, activation),
    random(site, shape, distribution) {
      const drawn = build.draw(`${layer.id}/${site}`, [rows.of, ...shape], distribution);
      if (rows.of === batch) return drawn;
      return build.add('slice', [drawn], {
        begin: [rows.from, ...shape.map(() => 0)],
        size: [batch, ...shape],
      });
    },
  };
}

function windowAttributes({ stride, pads, dilation = [1, 1], groups = 1 }: ConvolutionOptions) {
  const { top, bottom, left, right } = pads;
  return {
    stride,
    pads: [top, bottom, left, right],
    ...(dilation.some((apart) => apart > 1) ? { dilation } : {}),
    ...(groups > 1 ? { groups } : {}),
  };
}
