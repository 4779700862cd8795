import { FLOAT } from './attributes';
import { onnxNode } from './onnx-nodes';
import type { GraphBuilder, OnnxGraph, OpDefinition } from './op';
import type { Value } from './program';
import { allAxes, expectShape, input } from './shape-rules';

/** Adds the bias [channels] along the last axis. */
export const biasAdd: OpDefinition = {
  name: 'biasAdd',
  shape(inputs) {
    const [x, bias] = [input(inputs, 0), input(inputs, 1)];
    expectShape(bias.shape, x.shape.slice(-1), 'The bias');
    return { shape: x.shape };
  },
  gradient: (build, _, dy) => [dy, biasGradient(build, dy)],
  tensorflow: (graph, { inputs }) =>
    graph.node('BiasAdd', [graph.get(input(inputs, 0)), graph.get(input(inputs, 1))], FLOAT),
  onnx(graph, { inputs }) {
    const [x, bias] = [input(inputs, 0), input(inputs, 1)];
    const layout = x.shape.length === 4 ? graph.layoutOf(x) : 'channelsLast';
    const column = layout === 'channelsFirst' ? channelColumn(graph, bias) : graph.get(bias);
    return { name: onnxNode(graph, 'Add', [graph.get(x, layout), column]), layout };
  },
};

/** The gradient of a bias along the last axis: the sum over all others. */
export function biasGradient(build: GraphBuilder, dy: Value): Value {
  return build.add('reduceSum', [dy], { axes: allAxes(dy.shape.length - 1) });
}

/** [channels] as [1, channels, 1, 1], to be added to, or multiplied with, a channels-first picture. */
export function channelColumn(graph: OnnxGraph, bias: Value): string {
  return onnxNode(graph, 'Reshape', [graph.get(bias), graph.int64([1, -1, 1, 1])]);
}
