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

/** Channels first where any picture among the values is so already. */
export function commonLayout(graph: OnnxGraph, values: readonly Value[]): Layout {
  const first = values.some((value) => value.shape.length === 4 && graph.layoutOf(value) === 'channelsFirst');
  return first ? 'channelsFirst' : 'channelsLast';
}

/** One entry for each channels-last axis, put in the order of a layout's axes. */
export function permuted(entries: readonly number[], layout: Layout): readonly number[] {
  if (layout === 'channelsLast') return entries;
  const [batch = 0, height = 0, width = 0, channels = 0] = entries;
  return [batch, channels, height, width];
}
