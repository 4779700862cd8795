import { formatShape, valueCount } from '../../../shared/tensors/shape';
import { type ForeignBuilder, upsampledPlaces } from '../foreign-builder';
import type { ForeignLayer } from '../foreign-layer';
import { refused } from '../refusal';
import { resolvedShape, squeezed } from './fold-constants';
import { inOrder } from './onnx-arithmetic';
import type { OnnxNode } from './onnx-node';
import { needed, type OnnxReader } from './onnx-reader';

export const transpose: OnnxReader = ({ builder, node }) => transposeSample(builder, node, node.ints('perm'));

/** @param axes the batch's among them */
export function transposeSample(builder: ForeignBuilder, node: OnnxNode, axes: readonly number[]): void {
  if (axes[0] !== 0) throw refused(node, 'it exchanges the samples with something else');
  builder.permute(
    node,
    axes.slice(1).map((axis) => axis - 1),
  );
}

/** Layers that are known to have their channels last, as builders have it. */
const PLACED: ReadonlySet<ForeignLayer['kind']> = new Set([
  'conv',
  'conv-transpose',
  'max-pool',
  'average-pool',
  'resample',
  'layer-norm',
  'batch-norm',
]);

/** A new axis of length 1, repeated: every value along the axis before it then stands there so often (as Keras enlarges). */
export const tile: OnnxReader = (context) => {
  const { builder, node } = context;
  const [batch = 1, ...times] = needed(context, 1, 'repeats').data;
  const { shape } = builder;
  const repeated = times.flatMap((count, axis) => (count === 1 ? [] : [axis]));
  const [axis = 0] = repeated;
  const factor = times[axis] ?? 1;
  const rest = shape.filter((_, index) => index !== axis);
  const isRepeat = batch === 1 && repeated.length === 1 && shape[axis] === 1 && axis >= 1;
  if (!isRepeat || rest.length > 3 || !(factor <= 1_024))
    throw refused(node, `it repeats ${formatShape(shape)} by ${times.join('×')}`);
  builder.reshape(node, rest);
  const at = builder.layers.findLastIndex(({ kind }) => PLACED.has(kind));
  const isFirst =
    builder.layers[at]?.outputShape.length === rest.length && !inOrder(builder.layers.slice(at + 1));
  const enlarge = (along: number) => {
    const lengths = builder.shape.slice(0, -1);
    const places = lengths.map((length, index) =>
      upsampledPlaces(node, length, index === along ? factor : 1, 'nearest'),
    );
    const enlarged = [...places.map((each) => each.length), builder.shape.at(-1) ?? 1];
    builder.push(node, { kind: 'resample', method: 'nearest', places }, enlarged);
  };
  if (isFirst) builder.channelsLast(node, () => enlarge(axis - 2));
  else enlarge(axis - 1);
  builder.reshape(
    node,
    shape.map((length, index) => (index === axis ? factor : length)),
  );
};

export const reshape: OnnxReader = (context) => {
  const { builder, node } = context;
  const whole = [1, ...builder.shape];
  const target = (): number[] => {
    const given = context.constant(1);
    if (node.op === 'Flatten') {
      if (node.int('axis', 1) !== 1) throw refused(node, 'it flattens several samples into one');
      return [1, valueCount(builder.shape)];
    }
    if (node.op === 'Reshape')
      return resolvedShape(node, Array.from(needed(context, 1, 'lengths').data), whole);
    return squeezed(node, whole, given ? Array.from(given.data) : node.ints('axes'));
  };
  const [batch, ...shape] = target();
  if (batch !== 1) throw refused(node, 'it changes how many samples there are');
  builder.reshape(node, shape.length > 0 ? shape : [1]);
};
