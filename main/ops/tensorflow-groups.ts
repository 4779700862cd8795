import { FLOAT } from './attributes';
import type { Groups } from './channel-groups';
import type { TensorFlowGraph } from './op';
import { type Axis, isDilated, tensorFlowWindows, type Windows } from './windows';

/*
 * TensorFlow's convolution knows groups on a CPU in some versions and some graphs alone, and its gradients do not. With one
 * channel a group it has convolutions of their own; otherwise each group is convolved by itself.
 */

/**
 * What `convolve` makes of each group's share of two operands, side by side; of both whole where there is one group. Both are divided along their last axis, which
 * of pictures, output gradients and kernels HWIO alike is the one that groups divide.
 */
export function byGroups(
  graph: TensorFlowGraph,
  { count }: Groups,
  operands: readonly [string, string],
  convolve: (first: string, second: string) => string,
): string {
  if (count === 1) return convolve(...operands);
  const axis = graph.int32(3);
  const [first, second] = operands.map((operand) => {
    const split = graph.node('Split', [axis, operand], { ...FLOAT, num_split: { int: count } });
    return (group: number) => graph.output(split, group);
  });
  if (!first || !second) throw new Error('A convolution has two operands.');
  const parts = Array.from({ length: count }, (_, group) => convolve(first(group), second(group)));
  return graph.node('ConcatV2', [...parts, axis], { ...FLOAT, N: { int: count }, Tidx: { type: 'int32' } });
}

/** Whether each channel is a group. */
export function isDepthwise({ count, channels }: Groups): boolean {
  return count === channels && count > 1;
}

/** The convolution of each channel by itself with its filters. */
export function depthwise(
  graph: TensorFlowGraph,
  x: string,
  kernel: string,
  groups: Groups,
  windows: Windows,
): string {
  const [apart, plain] = [spread(graph, windows), spreadWindows(windows)];
  const filter = graph.node('Reshape', [kernel, graph.int32(filterShape(groups, windows))], FLOAT);
  const attributes = tensorFlowWindows(plain);
  // Fused with what follows, TensorFlow's own pads end the process where they are neither `same` nor none.
  const isExplicit = 'explicit_paddings' in attributes;
  const { height, width } = plain;
  const edges = [0, 0, height.before, height.after, width.before, width.after, 0, 0];
  const read = isExplicit
    ? graph.node('Pad', [x, graph.int32(edges, [4, 2])], { ...FLOAT, Tpaddings: { type: 'int32' } })
    : apart.read(x);
  const spacing = { strides: { ints: [1, height.stride, width.stride, 1] }, padding: { string: 'VALID' } };
  const y = graph.node('DepthwiseConv2dNative', [read, filter], {
    ...FLOAT,
    ...(isExplicit ? spacing : attributes),
  });
  return apart.join(y, 'output');
}

/** Its gradient with respect to the pictures, [batch, height, width, channels] by `size`. */
export function depthwiseInputGradient(
  graph: TensorFlowGraph,
  dy: string,
  kernel: string,
  groups: Groups,
  { windows, batch }: { readonly windows: Windows; readonly batch: number },
): string {
  const [apart, plain] = [spread(graph, windows), spreadWindows(windows)];
  const filter = graph.node('Reshape', [kernel, graph.int32(filterShape(groups, windows))], FLOAT);
  const size = [
    batch * windows.height.dilation * windows.width.dilation,
    plain.height.length,
    plain.width.length,
    groups.channels,
  ];
  const operands = [graph.int32(size), filter, apart.read(dy, 'output')];
  const x = graph.node('DepthwiseConv2dNativeBackpropInput', operands, {
    ...FLOAT,
    ...tensorFlowWindows(plain),
  });
  return apart.join(x, 'input');
}

/** Its gradient with respect to the kernel, HWIO with an I of 1. */
export function depthwiseKernelGradient(
  graph: TensorFlowGraph,
  x: string,
  dy: string,
  groups: Groups,
  windows: Windows,
): string {
  const apart = spread(graph, windows);
  const operands = [apart.read(x), graph.int32(filterShape(groups, windows)), apart.read(dy, 'output')];
  const filter = graph.node('DepthwiseConv2dNativeBackpropFilter', operands, {
    ...FLOAT,
    ...tensorFlowWindows(spreadWindows(windows)),
  });
  const { height, width } = windows;
  return graph.node(
    'Reshape',
    [filter, graph.int32([height.window, width.window, 1, groups.filters])],
    FLOAT,
  );
}

/** How TensorFlow wants a depthwise kernel: HWIO with one group a channel is the same numbers in the same order. */
function filterShape({ channels, filters }: Groups, { height, width }: Windows): number[] {
  return [height.window, width.window, channels, filters / channels];
}

/*
 * Its depthwise convolutions know no dilation. A dilated one, which moves by steps of 1, is an undilated one over every
 * `dilation`-th row and column, each such picture a sample of its own (Holschneider et al. 1989; TensorFlow's space-to-batch).
 */

/** Makes samples of the pictures that a dilated kernel keeps apart, and pictures of them again; nothing where it is not dilated. */
function spread(graph: TensorFlowGraph, windows: Windows) {
  const { height, width } = windows;
  if (!isDilated(windows)) return { read: (x: string) => x, join: (x: string) => x };
  const block = graph.int32([height.dilation, width.dilation]);
  const edges = {
    input: [height, width].flatMap((axis) => [axis.before, axis.after + excess(axis)]),
    output: [height, width].flatMap((axis) => [0, excess(axis)]),
  };
  const types = { ...FLOAT, Tblock_shape: { type: 'int32' } } as const;
  return {
    read: (x: string, side: 'input' | 'output' = 'input') =>
      graph.node('SpaceToBatchND', [x, block, graph.int32(edges[side], [2, 2])], {
        ...types,
        Tpaddings: { type: 'int32' },
      }),
    join: (x: string, side: 'input' | 'output') =>
      graph.node('BatchToSpaceND', [x, block, graph.int32(edges[side], [2, 2])], {
        ...types,
        Tcrops: { type: 'int32' },
      }),
  };
}

/** How many zeros make a padded length a multiple of the dilation. */
function excess({ length, before, after, dilation }: Axis): number {
  return (dilation - ((length + before + after) % dilation)) % dilation;
}

/** The windows over what `spread` makes. */
function spreadWindows(windows: Windows): Windows {
  if (!isDilated(windows)) return windows;
  const [height, width] = [windows.height, windows.width].map((axis) => {
    const length = (axis.length + axis.before + axis.after + excess(axis)) / axis.dilation;
    const count = length - axis.window + 1;
    return { length, window: axis.window, dilation: 1, stride: 1, before: 0, after: 0, count, rest: 0 };
  });
  if (!height || !width) throw new Error('Pictures have two axes.');
  return { height, width };
}
