import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { leaky } from '../keras/keras-activation';
import { refused } from '../refusal';
import { arithmetic } from './onnx-arithmetic';
import { pad, slice } from './onnx-borders';
import { convolution, pool, transposedConvolution } from './onnx-convolutions';
import { batchNorm, layerNorm } from './onnx-normalisation';
import { gemm, matmul } from './onnx-products';
import type { OnnxContext, OnnxReader } from './onnx-reader';
import { reshape, tile, transpose } from './onnx-rearranging';
import { resize } from './onnx-resize';

/** Reads one node. @throws ProblemError where it is none that a block could be */
export function onnxLayer(context: OnnxContext): void {
  const { node } = context;
  const reader = Object.hasOwn(readers, node.op) ? readers[node.op] : undefined;
  if (!reader) throw new ProblemError(problem('IMPORT_LAYER_UNKNOWN', { layer: node.name, type: node.type }));
  reader(context);
}

const nothing: OnnxReader = () => {};

function activation(name: 'relu' | 'tanh' | 'sigmoid' | 'softplus'): OnnxReader {
  return ({ builder, node }) => builder.activation(node, name);
}

const readers: Readonly<Record<string, OnnxReader>> = {
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
  Tile: tile,
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
  // Only as it ends the ReLU6.
  Clip: (context) => {
    const { builder, node } = context;
    const bound = (at: number, name: string) => context.constant(at)?.data[0] ?? node.float(name, Number.NaN);
    if (bound(1, 'min') !== 0 || bound(2, 'max') !== 6)
      throw refused(node, 'it holds values between other bounds than 0 and 6');
    builder.activation(node, 'relu6');
  },
  Selu: ({ builder, node }) => {
    const isUsual = Math.abs(node.float('alpha', 1.67326) - 1.67326) < 1e-3;
    if (!isUsual) throw refused(node, 'its constants are not those of the SELU');
    builder.activation(node, 'selu');
  },
  Gelu: ({ builder, node }) => {
    if (node.text('approximate', 'none') !== 'none')
      throw refused(node, 'it is an approximated GELU, and ours the exact one');
    builder.activation(node, 'gelu');
  },
};
