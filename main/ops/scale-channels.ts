import { FLOAT } from './attributes';
import { biasGradient, channelColumn } from './bias-add';
import { onnxNode } from './onnx-nodes';
import type { OpDefinition } from './op';
import { expectShape, input } from './shape-rules';

/** Multiplies by factors [channels] along the last axis. */
export const scaleChannels: OpDefinition = {
  name: 'scaleChannels',
  shape(inputs) {
    const [x, factors] = [input(inputs, 0), input(inputs, 1)];
    expectShape(factors.shape, x.shape.slice(-1), 'The factors');
    return { shape: x.shape };
  },
  gradient(build, { inputs }, dy) {
    const [x, factors] = [input(inputs, 0), input(inputs, 1)];
    return [build.add('scaleChannels', [dy, factors]), biasGradient(build, build.add('mul', [dy, x]))];
  },
  tensorflow: (graph, { inputs }) =>
    graph.node('Mul', [graph.get(input(inputs, 0)), graph.get(input(inputs, 1))], FLOAT),
  onnx(graph, { inputs }) {
    const [x, factors] = [input(inputs, 0), input(inputs, 1)];
    const layout = x.shape.length === 4 ? graph.layoutOf(x) : 'channelsLast';
    const column = layout === 'channelsFirst' ? channelColumn(graph, factors) : graph.get(factors);
    return { name: onnxNode(graph, 'Mul', [graph.get(x, layout), column]), layout };
  },
};
