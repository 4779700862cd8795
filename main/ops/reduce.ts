import { valueCount } from '../../shared/tensors/shape';
import { FLOAT, numbersAttribute } from './attributes';
import { CHANNELS_FIRST_AXES, onnxNode } from './onnx-nodes';
import type { Attributes, GraphBuilder, Layout, OnnxGraph, OpDefinition } from './op';
import type { ProgramNode, Value } from './program';
import { allAxes, input } from './shape-rules';

/** The sum over the axes of the attribute `axes` (ascending); they are left out of the result. */
export const reduceSum: OpDefinition = {
  name: 'reduceSum',
  shape: reducedShape,
  gradient: (build, node, dy) => [spread(build, node, dy)],
  tensorflow(graph, node) {
    const x = input(node.inputs, 0);
    const axes = numbersAttribute(node.attributes, 'axes');
    // A bias gradient: TensorFlow's own kernel for it is faster than its general sum.
    const isBias =
      x.shape.length > 1 && axes.length === x.shape.length - 1 && axes.every((axis, i) => axis === i);
    if (isBias) return graph.node('BiasAddGrad', [graph.get(x)], FLOAT);
    return graph.node('Sum', [graph.get(x), graph.int32(axes)], FLOAT);
  },
  onnx(graph, node) {
    const { x, axes } = readForReduction(graph, node);
    return onnxNode(graph, 'ReduceSum', [x, graph.int64(axes)], { keepdims: 0 });
  },
};

/** The mean over the axes of the attribute `axes` (ascending); they are left out of the result. */
export const reduceMean: OpDefinition = {
  name: 'reduceMean',
  shape: reducedShape,
  gradient(build, node, dy) {
    const count = valueCount(input(node.inputs, 0).shape) / valueCount(node.output.shape);
    return [spread(build, node, build.add('mul', [dy, build.constant(1 / count)]))];
  },
  tensorflow: (graph, node) =>
    graph.node(
      'Mean',
      [graph.get(input(node.inputs, 0)), graph.int32(numbersAttribute(node.attributes, 'axes'))],
      FLOAT,
    ),
  onnx(graph, node) {
    const { x, axes } = readForReduction(graph, node);
    return onnxNode(graph, 'ReduceMean', [x], { axes, keepdims: 0 });
  },
};

function reducedShape(inputs: readonly Value[], attributes: Attributes): { shape: number[] } {
  const { shape } = input(inputs, 0);
  const axes = numbersAttribute(attributes, 'axes');
  for (const axis of axes) if (!(axis in shape)) throw new Error(`[${shape}] has no axis ${axis}.`);
  return { shape: shape.filter((_, axis) => !axes.includes(axis)) };
}

/** The gradient of a sum: the same for every element summed. */
function spread(build: GraphBuilder, { inputs, attributes }: ProgramNode, dy: Value): Value {
  const { shape } = input(inputs, 0);
  const axes = numbersAttribute(attributes, 'axes');
  if (dy.shape.length === 0) return build.add('broadcastTo', [dy], { shape });
  const kept = shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  return build.add('broadcastTo', [build.add('reshape', [dy], { shape: kept })], { shape });
}

/** A picture may be summed in its own layout where at most one axis is left, whose place then does not matter. */
function readForReduction(graph: OnnxGraph, node: ProgramNode): { x: string; axes: readonly number[] } {
  const value = input(node.inputs, 0);
  const axes = numbersAttribute(node.attributes, 'axes');
  const anyLayout = value.shape.length === 4 && node.output.shape.length <= 1;
  const layout: Layout = anyLayout ? graph.layoutOf(value) : 'channelsLast';
  const places = layout === 'channelsFirst' ? CHANNELS_FIRST_AXES : allAxes(value.shape.length);
  return { x: graph.get(value, layout), axes: axes.map((axis) => places[axis] ?? axis).sort() };
}
