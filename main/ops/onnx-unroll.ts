import { onnxNode } from './onnx-nodes';
import type { OnnxGraph } from './op';
import type { Value } from './program';
import type { Windows } from './windows';

/** With fewer channels than this, windows are copied too piecemeal. */
const FEWEST_CHANNELS = 8;
/** Most numbers (32 MiB of them) that may be laid out. */
const MOST_VALUES = 2 ** 23;

/**
 * Whether a convolution over these pictures is best made a matrix product. In ONNX Runtime that is faster than its
 * own convolution, and the kernel's gradient shares the unrolled windows; but it takes memory.
 */
export function paysToUnroll({ shape }: Value, { height, width }: Windows): boolean {
  const [batch = 0, , , channels = 0] = shape;
  const windows = batch * height.count * width.count;
  return channels >= FEWEST_CHANNELS && windows * height.window * width.window * channels <= MOST_VALUES;
}

/** The windows of all pictures as rows, [windows, kernel height · kernel width · channels] (im2col). */
export function unroll(graph: OnnxGraph, x: Value, { height, width }: Windows): string {
  const [batch = 0, , , channels = 0] = x.shape;
  const rows = height.before + height.length + height.after;
  const columns = width.before + width.length + width.after;
  const isPadded = rows > height.length || columns > width.length;
  const pads = [0, height.before, width.before, 0, 0, height.after, width.after, 0];
  const padded = isPadded ? onnxNode(graph, 'Pad', [graph.get(x), graph.int64(pads)]) : graph.get(x);
  const pixels = onnxNode(graph, 'Reshape', [padded, graph.int64([batch, rows * columns, channels])]);
  // The pixels under every window, in the kernel's order: whole runs of channels are copied.
  const indices: number[] = [];
  for (let top = 0; top < height.count; top++) {
    for (let left = 0; left < width.count; left++) {
      for (let i = 0; i < height.window; i++) {
        for (let j = 0; j < width.window; j++) {
          indices.push((top * height.stride + i) * columns + left * width.stride + j);
        }
      }
    }
  }
  const gathered = onnxNode(graph, 'Gather', [pixels, graph.int64(indices)], { axis: 1 });
  const values = height.window * width.window * channels;
  return onnxNode(graph, 'Reshape', [gathered, graph.int64([-1, values])]);
}
