import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { formatShape, valueCount } from '../../../shared/tensors/shape';
import { paddedWindows } from '../foreign-builder';
import { leaky } from '../keras/keras-activation';
import { refused } from '../refusal';
import { resolvedShape, squeezed, transposed } from './fold-constants';
import type { OnnxConstant } from './onnx-constant';
import { convolution, pool, transposedConvolution } from './onnx-convolutions';
import type { OnnxContext } from './onnx-graph-walk';
import { resize } from './onnx-resize';
import { pad, slice } from './onnx-borders';

type Reader = (context: OnnxContext) => void;

/** Reads one node. @throws ProblemError where it is none that a block could be */
export function onnxLayer(context: OnnxContext): void {
  const { node } = context;
  const reader = Object.hasOwn(readers, node.op) ? readers[node.op] : undefined;
  if (!reader) throw new ProblemError(problem('IMPORT_LAYER_UNKNOWN', { layer: node.name, type: node.type }));
  reader(context);
}

/** A constant that a node can't do without. */
export function needed({ node, constant }: OnnxContext, index: number, what: string): OnnxConstant {
  const found = constant(index);
  if (found) return found;
  throw refused(node, `its ${what} are not in the file as numbers`);
}

export const float32 = (data: Float32Array | Float64Array): Float32Array =>
  data instanceof Float32Array ? data : Float32Array.from(data);

/** A product with a matrix [in, out] that is known. */
function dense(context: OnnxContext, kernel: OnnxConstant, bias: Float32Array | null): void {
  const { builder, node } = context;
  const [inputs = 0, units = 0] = kernel.dims;
  const { shape } = builder;
  const places = shape.slice(0, -1);
  if (kernel.dims.length !== 2 || shape.at(-1) !== inputs) {
    throw refused(node, `it multiplies ${formatShape(shape)} by ${kernel.dims.join('×')}`);
  }
  const data = float32(kernel.data);
  if (places.length === 0) return builder.push(node, { kind: 'dense', kernel: data, bias }, [units]);
  if (places.length > 2) throw refused(node, `it is given ${formatShape(shape)}`);
  const windows = places.map((length) => paddedWindows({ length, kernel: 1, stride: 1, dilation: 1 }, 'same'));
  builder.push(node, { kind: 'conv', windows, groups: 1, kernel: data, bias }, [...places, units]);
}

const gemm: Reader = (context) => {
  const { node, builder, carrier } = context;
  const matrix = needed(context, 1, 'weights');
  const scaled = node.float('alpha', 1) !== 1 || node.float('beta', 1) !== 1;
  if (carrier !== 0 || scaled || node.int('transA', 0) !== 0) throw refused(node, 'it is a product of another form');
  if (builder.shape.length !== 1) throw refused(node, `it is given ${formatShape(builder.shape)}`);
  node.calledLike(node.inputs[1] ?? '');
  const kernel = node.int('transB', 0) === 1 ? transposed(node, matrix, [1, 0]) : matrix;
  const units = kernel.dims[1] ?? 0;
  const given = context.constant(2);
  if (!given && (node.inputs[2] ?? '') !== '') needed(context, 2, 'biases');
  const bias = given && spread(context, given.data, units);
  dense(context, kernel, bias);
};

const matmul: Reader = (context) => {
  const { node, carrier } = context;
  if (carrier !== 0) throw refused(node, 'the weights stand in front of the values');
  node.calledLike(node.inputs[1] ?? '');
  dense(context, needed(context, 1, 'weights'), null);
};

/** As many numbers as there are units, where one may stand for all. */
function spread({ node }: OnnxContext, data: Float32Array | Float64Array, units: number): Float32Array {
  if (data.length === units) return float32(data);
  if (data.length === 1) return new Float32Array(units).fill(data[0] ?? 0);
  throw refused(node, `it adds ${data.length} numbers to ${units} values`);
}

/** Addition, or multiplication, of a number to all values, or of one to each channel. */
function arithmetic(op: 'Add' | 'Sub' | 'Mul' | 'Div'): Reader {
  return (context) => {
    const { builder, node, carrier } = context;
    const other = needed(context, carrier === 0 ? 1 : 0, 'numbers');
    if (carrier !== 0 && (op === 'Sub' || op === 'Div')) throw refused(node, 'it takes the values from, or divides, a constant');
    const scales = op === 'Mul' || op === 'Div';
    const of = (value: number) => (op === 'Sub' ? -value : op === 'Div' ? 1 / value : value);
    if (other.data.length === 1) {
      const value = of(other.data[0] ?? 0);
      builder.push(node, { kind: 'rescale', scale: scales ? value : 1, offset: scales ? 0 : value });
      return;
    }
    const rank = builder.shape.length;
    const dims = other.dims.length > rank ? other.dims.slice(-rank) : other.dims;
    const axis = dims.findIndex((length) => length !== 1) + rank - dims.length;
    const isOneAxis = valueCount(other.dims) === builder.shape[axis] && other.dims.filter((length) => length !== 1).length === 1;
    if (!isOneAxis) throw refused(node, `it joins ${formatShape(builder.shape)} and ${other.dims.join('×')}`);
    const values = Float32Array.from(other.data, of);
    const work = () => affine(context, scales ? values : null, scales ? null : values);
    if (axis === rank - 1) work();
    else if (axis === 0) builder.channelsLast(node, work);
    else throw refused(node, `it changes each place along axis ${axis + 1} by itself`);
  };
}

/** x · scale + shift of each channel: a bias of the layer before where it has none, else a normalisation that is given. */
function affine({ builder, node }: OnnxContext, scale: Float32Array | null, shift: Float32Array | null): void {
  const { layers } = builder;
  const at = layers.findLastIndex(({ kind }) => kind !== 'permute' && kind !== 'reshape');
  const maker = layers[at];
  const channels = builder.shape.at(-1) ?? 1;
  const takesBias = maker?.kind === 'dense' || maker?.kind === 'conv' || maker?.kind === 'conv-transpose';
  if (shift && takesBias && maker.bias === null && maker.outputShape.at(-1) === channels && inOrder(layers.slice(at + 1))) {
    layers[at] = { ...maker, bias: shift };
    return;
  }
  const before = layers.at(-1);
  const zeros = new Float32Array(channels);
  const ones = zeros.map(() => 1);
  // Several in a row are one: γ · x + β.
  if (before?.kind === 'batch-norm' && before.type === 'scale and shift') {
    const gamma = before.gamma.map((value, channel) => value * (scale?.[channel] ?? 1));
    const beta = before.beta.map((value, channel) => value * (scale?.[channel] ?? 1) + (shift?.[channel] ?? 0));
    layers[layers.length - 1] = { ...before, gamma, beta };
    return;
  }
  const of = { name: node.name, type: 'scale and shift' };
  // A variance of 1 − ε makes the divisor 1.
  const epsilon = 1e-12;
  builder.push(of, {
    kind: 'batch-norm',
    gamma: scale ?? ones,
    beta: shift ?? zeros,
    mean: zeros,
    variance: ones,
    epsilon,
    momentum: 0.99,
  });
}

/** Whether these leave every channel where it is: nothing, or axes that are exchanged and exchanged back. */
function inOrder(between: readonly { readonly kind: string; readonly axes?: readonly number[] }[]): boolean {
  if (between.some(({ kind }) => kind !== 'permute')) return false;
  const [first = { axes: [] }] = between;
  const order = between.slice(1).reduce((axes, { axes: next = [] }) => next.map((axis) => axes[axis] ?? 0), [...(first.axes ?? [])]);
  return order.every((axis, place) => axis === place);
}

const batchNorm: Reader = (context) => {
  const { builder, node } = context;
  node.calledLike(node.inputs[1] ?? '');
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((index) => float32(needed(context, index, 'weights').data));
  const channels = builder.shape[0] ?? 0;
  if (!gamma || !beta || !mean || !variance || [gamma, beta, mean, variance].some(({ length }) => length !== channels)) {
    throw refused(node, `its weights are not ${channels} each`);
  }
  if (node.int('training_mode', 0) === 1) throw refused(node, 'it was exported for training');
  const epsilon = node.float('epsilon', 1e-5);
  // ONNX counts the momentum as we do; exporters keep 0.9 there, whatever it was.
  const momentum = Math.min(Math.max(node.float('momentum', 0.9), 0), 0.9999);
  builder.channelsLast(node, () =>
    builder.push(node, { kind: 'batch-norm', gamma, beta, mean, variance, epsilon, momentum }),
  );
};

const layerNorm: Reader = (context) => {
  const { builder, node } = context;
  const channels = builder.shape.at(-1) ?? 1;
  const axis = node.int('axis', -1);
  if (axis !== -1 && axis !== builder.shape.length) throw refused(node, `it normalises from axis ${axis} on`);
  node.calledLike(node.inputs[1] ?? '');
  const gamma = float32(needed(context, 1, 'weights').data);
  const beta = context.constant(2);
  if (gamma.length !== channels) throw refused(node, `its weights are not ${channels}`);
  const epsilon = node.float('epsilon', 1e-5);
  builder.push(node, { kind: 'layer-norm', gamma, beta: beta ? float32(beta.data) : new Float32Array(channels), epsilon });
};

const transpose: Reader = ({ builder, node }) => {
  const axes = node.ints('perm');
  if (axes[0] !== 0) throw refused(node, 'it exchanges the samples with something else');
  builder.permute(node, axes.slice(1).map((axis) => axis - 1));
};

const reshape: Reader = (context) => {
  const { builder, node } = context;
  const whole = [1, ...builder.shape];
  const target = (): number[] => {
    const given = context.constant(1);
    if (node.op === 'Flatten') {
      if (node.int('axis', 1) !== 1) throw refused(node, 'it flattens several samples into one');
      return [1, valueCount(builder.shape)];
    }
    if (node.op === 'Reshape') return resolvedShape(node, Array.from(needed(context, 1, 'lengths').data), whole);
    return squeezed(node, whole, given ? Array.from(given.data) : node.ints('axes'));
  };
  const [batch, ...shape] = target();
  if (batch !== 1) throw refused(node, 'it changes how many samples there are');
  builder.reshape(node, shape.length > 0 ? shape : [1]);
};

const nothing: Reader = () => {};

function activation(name: 'relu' | 'tanh' | 'sigmoid' | 'softplus'): Reader {
  return ({ builder, node }) => builder.activation(node, name);
}

const readers: Readonly<Record<string, Reader>> = {
  Gemm: gemm,
  MatMul: matmul,
  Conv: convolution,
  ConvTranspose: transposedConvolution,
  MaxPool: pool('max-pool'),
  AveragePool: pool('average-pool'),
  Resize: resize,
  Upsample: resize,
  BatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  Pad: pad,
  Slice: slice,
  Add: arithmetic('Add'),
  Sub: arithmetic('Sub'),
  Mul: arithmetic('Mul'),
  Div: arithmetic('Div'),
  Transpose: transpose,
  Reshape: reshape,
  Flatten: reshape,
  Squeeze: reshape,
  Unsqueeze: reshape,
  Identity: nothing,
  Dropout: nothing,
  Cast: nothing,
  Relu: activation('relu'),
  Tanh: activation('tanh'),
  Sigmoid: activation('sigmoid'),
  Softplus: activation('softplus'),
  LeakyRelu: ({ builder, node }) => builder.activation(node, leaky(node, node.float('alpha', 0.01))),
  Elu: ({ builder, node }) => {
    if (node.float('alpha', 1) !== 1) throw refused(node, `its α is ${node.float('alpha', 1)}, and ours 1`);
    builder.activation(node, 'elu');
  },
  Selu: ({ builder, node }) => {
    const isUsual = Math.abs(node.float('alpha', 1.67326) - 1.67326) < 1e-3;
    if (!isUsual) throw refused(node, 'its constants are not those of the SELU');
    builder.activation(node, 'selu');
  },
  Gelu: ({ builder, node }) => {
    if (node.text('approximate', 'none') !== 'none') throw refused(node, 'it is an approximated GELU, and ours the exact one');
    builder.activation(node, 'gelu');
  },
};
