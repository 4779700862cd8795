import { formatShape } from '../../../shared/tensors/shape';
import { paddedWindows } from '../foreign-builder';
import { refused } from '../refusal';
import { transposed } from './fold-constants';
import type { OnnxConstant } from './onnx-constant';
import { float32, needed, type OnnxContext, type OnnxReader } from './onnx-reader';

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
  if (places.length === 0) {
    builder.push(node, { kind: 'dense', kernel: data, bias }, [units]);
    return;
  }
  if (places.length > 2) throw refused(node, `it is given ${formatShape(shape)}`);
  const windows = places.map((length) =>
    paddedWindows({ length, kernel: 1, stride: 1, dilation: 1 }, 'same'),
  );
  builder.push(node, { kind: 'conv', windows, groups: 1, kernel: data, bias }, [...places, units]);
}

export const gemm: OnnxReader = (context) => {
  const { node, builder, carrier } = context;
  const matrix = needed(context, 1, 'weights');
  const scaled = node.float('alpha', 1) !== 1 || node.float('beta', 1) !== 1;
  if (carrier !== 0 || scaled || node.int('transA', 0) !== 0)
    throw refused(node, 'it is a product of another form');
  if (builder.shape.length !== 1) throw refused(node, `it is given ${formatShape(builder.shape)}`);
  node.calledLike(node.inputs[1] ?? '');
  const kernel = node.int('transB', 0) === 1 ? transposed(node, matrix, [1, 0]) : matrix;
  const units = kernel.dims[1] ?? 0;
  const given = context.constant(2);
  if (!given && (node.inputs[2] ?? '') !== '') needed(context, 2, 'biases');
  const bias = given && spread(context, given.data, units);
  dense(context, kernel, bias);
};

export const matmul: OnnxReader = (context) => {
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
