import type { Layout, OnnxGraph } from './op';
import type { Value } from './program';

/** One node with one output. */
export function onnxNode(
  graph: OnnxGraph,
  op: string,
  inputs: readonly string[],
  attributes?: Parameters<OnnxGraph['node']>[2],
): string {
  const [output] = graph.node(op, inputs, attributes);
  if (output === undefined) throw new Error(`The ONNX node ${op} was made without an output.`);
  return output;
}

/** Where each channels-last axis lies in a channels-first picture. */
export const CHANNELS_FIRST_AXES: readonly number[] = [0, 2, 3, 1];

/** The layout that most pictures among the values are there in already; channels first where both are even. */
export function commonLayout(graph: OnnxGraph, values: readonly Value[]): Layout {
  const pictures = values.filter(({ shape }) => shape.length === 4);
  const count = (layout: Layout) => pictures.filter((value) => graph.has(value, layout)).length;
  return pictures.length > 0 && count('channelsFirst') >= count('channelsLast')
    ? 'channelsFirst'
    : 'channelsLast';
}

/** One entry for each channels-last axis, put in the order of a layout's axes. */
export function permuted(entries: readonly number[], layout: Layout): readonly number[] {
  if (layout === 'channelsLast') return entries;
  const [batch = 0, height = 0, width = 0, channels = 0] = entries;
  return [batch, channels, height, width];
}
