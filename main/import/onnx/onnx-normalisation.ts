import type { ForeignBuilder } from '../foreign-builder';
import { refused } from '../refusal';
import type { LayerNormPattern } from './layer-norm-pattern';
import type { OnnxConstant } from './onnx-constant';
import type { OnnxNode } from './onnx-node';
import { float32, needed, type OnnxReader } from './onnx-reader';

export const batchNorm: OnnxReader = (context) => {
  const { builder, node } = context;
  node.calledLike(node.inputs[1] ?? '');
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((index) =>
    float32(needed(context, index, 'weights').data),
  );
  const channels = builder.shape[0] ?? 0;
  if (
    !gamma ||
    !beta ||
    !mean ||
    !variance ||
    [gamma, beta, mean, variance].some(({ length }) => length !== channels)
  ) {
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

export const layerNorm: OnnxReader = (context) => {
  const { builder, node } = context;
  const channels = builder.shape.at(-1) ?? 1;
  const axis = node.int('axis', -1);
  if (axis !== -1 && axis !== builder.shape.length) throw refused(node, `it normalises from axis ${axis} on`);
  node.calledLike(node.inputs[1] ?? '');
  const gamma = float32(needed(context, 1, 'weights').data);
  const beta = context.constant(2);
  if (gamma.length !== channels) throw refused(node, `its weights are not ${channels}`);
  const epsilon = node.float('epsilon', 1e-5);
  builder.push(node, {
    kind: 'layer-norm',
    gamma,
    beta: beta ? float32(beta.data) : new Float32Array(channels),
    epsilon,
  });
};

/** A layer normalisation that was written in single operations. */
export function normaliseOver(builder: ForeignBuilder, node: OnnxNode, found: LayerNormPattern): void {
  const rank = builder.shape.length;
  const axis = found.axis < 0 ? found.axis + rank : found.axis - 1;
  const of = { name: node.name, type: 'LayerNormalization' };
  const work = () => {
    const channels = builder.shape.at(-1) ?? 1;
    const numbers = (given: OnnxConstant | null, otherwise: number) => {
      if (given && given.data.length !== channels) throw refused(of, `its weights are not ${channels}`);
      return given ? float32(given.data) : new Float32Array(channels).fill(otherwise);
    };
    const [gamma, beta] = [numbers(found.gamma, 1), numbers(found.beta, 0)];
    builder.push(of, { kind: 'layer-norm', gamma, beta, epsilon: found.epsilon });
  };
  if (axis === rank - 1) work();
  else if (axis === 0) builder.channelsLast(of, work);
  else throw refused(of, `it normalises along axis ${found.axis}`);
}
