import { onnxNode } from './onnx-nodes';
import { paysToUnroll, unroll } from './onnx-unroll';
import type { OnnxGraph } from './op';
import type { Value } from './program';
import type { Windows } from './windows';

/**
 * The ONNX nodes of a convolution's kernel gradient, HWIO, which ONNX has no op for. With many channels, or one, a
 * product of the windows laid out as rows (im2col): 2 to 3 times as fast as the other way, but it takes memory.
 * Otherwise, and in groups, a convolution once more.
 */
export function onnxKernelGradient(
  graph: OnnxGraph,
  x: Value,
  dy: Value,
  windows: Windows,
  groups: number,
): string {
  return groups === 1 && paysToUnroll(x, windows)
    ? byColumns(graph, x, dy, windows)
    : byConvolution(graph, x, dy, windows, groups);
}

/** Σ over samples and positions of (window of x)ᵀ · (output gradient there), as one matrix product. */
function byColumns(graph: OnnxGraph, x: Value, dy: Value, windows: Windows): string {
  const { height, width } = windows;
  const [, , , channels = 0] = x.shape;
  const filters = dy.shape[3] ?? 0;
  if (channels === 1) {
    // So few rows that to transpose the windows inside the product costs less than to turn the other operand.
    const gradients = onnxNode(graph, 'Reshape', [graph.get(dy), graph.int64([-1, filters])]);
    const product = onnxNode(graph, 'Gemm', [unroll(graph, x, windows), gradients], { transA: 1 });
    return onnxNode(graph, 'Reshape', [
      product,
      graph.int64([height.window, width.window, channels, filters]),
    ]);
  }
  // Filters by positions, so that neither operand is transposed inside the product, where it would be slow.
  const swapped = swapSamplesAndChannels(graph, dy);
  const gradients = onnxNode(graph, 'Reshape', [swapped, graph.int64([filters, -1])]);
  const product = onnxNode(graph, 'MatMul', [gradients, unroll(graph, x, windows)]);
  const kernel = onnxNode(graph, 'Transpose', [product], { perm: [1, 0] });
  return onnxNode(graph, 'Reshape', [kernel, graph.int64([height.window, width.window, channels, filters])]);
}

/**
 * Channels take the place of samples and samples that of channels, so that the sum over samples is the sum over
 * channels; the output gradient is the kernel, its elements the forward stride apart. The samples of each group's channels
 * are then channels of that group.
 */
function byConvolution(
  graph: OnnxGraph,
  x: Value,
  dy: Value,
  { height, width }: Windows,
  groups: number,
): string {
  // Elements that no window covers would only lengthen the result: as far as they are pads, leave them out.
  const bottom = Math.max(height.after - height.rest, 0);
  const right = Math.max(width.after - width.rest, 0);
  const operands = [samplesInGroups(graph, x, groups), swapSamplesAndChannels(graph, dy)];
  const swapped = onnxNode(graph, 'Conv', operands, {
    kernel_shape: [height.count, width.count],
    // What lies apart in a window is found by steps of the kernel's gradient, and the other way round.
    strides: [height.dilation, width.dilation],
    dilations: [height.stride, width.stride],
    pads: [height.before, width.before, bottom, right],
    ...(groups > 1 ? { group: groups } : {}),
  });
  const isLonger = height.rest > height.after || width.rest > width.after;
  const ends = [height.window, width.window];
  const cropped = isLonger
    ? onnxNode(graph, 'Slice', [swapped, graph.int64([0, 0]), graph.int64(ends), graph.int64([2, 3])])
    : swapped;
  return onnxNode(graph, 'Transpose', [cropped], { perm: [2, 3, 0, 1] });
}

/** [channels of a group, groups · samples, height, width]. */
function samplesInGroups(graph: OnnxGraph, x: Value, groups: number): string {
  if (groups === 1) return swapSamplesAndChannels(graph, x);
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const each = channels / groups;
  const size = graph.int64([each, groups * batch, height, width]);
  if (each === 1) return onnxNode(graph, 'Reshape', [swapSamplesAndChannels(graph, x), size]);
  const apart = graph.int64([batch, groups, each, height, width]);
  const split = onnxNode(graph, 'Reshape', [graph.get(x, 'channelsFirst'), apart]);
  return onnxNode(graph, 'Reshape', [onnxNode(graph, 'Transpose', [split], { perm: [2, 1, 0, 3, 4] }), size]);
}

function swapSamplesAndChannels(graph: OnnxGraph, value: Value): string {
  // From channels first whole pictures are copied; it takes half the time.
  const layout = graph.has(value, 'channelsFirst') ? 'channelsFirst' : 'channelsLast';
  const perm = layout === 'channelsFirst' ? [1, 0, 2, 3] : [3, 0, 1, 2];
  return onnxNode(graph, 'Transpose', [graph.get(value, layout)], { perm });
}
