import { valueCount } from '../../shared/tensors/shape';
import { onnxNode } from './onnx-nodes';
import type { OnnxGraph } from './op';
import type { Value } from './program';
import { onnxWindows, type Windows } from './windows';

/** With fewer channels than this, but for one, windows are copied too piecemeal. */
const FEWEST_CHANNELS = 8;
/** So many unit kernels cost about as much as 32 filters of the convolution itself. */
export const MOST_UNITS = 25;
/** Most numbers (32 MiB of them) that may be laid out. */
const MOST_VALUES = 2 ** 23;

/**
 * Whether a convolution over these pictures is best made a matrix product. In ONNX Runtime that is faster than its
 * own convolution, and the kernel's gradient shares the unrolled windows; but it takes memory.
 */
export function paysToUnroll({ shape }: Value, { height, width }: Windows): boolean {
  const [batch = 0, , , channels = 0] = shape;
  const window = height.window * width.window;
  const isQuick = channels >= FEWEST_CHANNELS || (channels === 1 && window <= MOST_UNITS);
  return isQuick && batch * height.count * width.count * window * channels <= MOST_VALUES;
}

/** The windows of all pictures as rows, [windows, kernel height · kernel width · channels] (im2col). */
export function unroll(graph: OnnxGraph, x: Value, { height, width }: Windows): string {
  const [batch = 0, , , channels = 0] = x.shape;
  if (channels === 1) return unrollOneChannel(graph, x, { height, width });
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
          const row = top * height.stride + i * height.dilation;
          indices.push(row * columns + left * width.stride + j * width.dilation);
        }
      }
    }
  }
  const gathered = onnxNode(graph, 'Gather', [pixels, graph.int64(indices)], { axis: 1 });
  const values = height.window * width.window * channels;
  return onnxNode(graph, 'Reshape', [gathered, graph.int64([-1, values])]);
}

/** Number by number would be slow; to convolve with unit kernels is not. */
function unrollOneChannel(graph: OnnxGraph, x: Value, windows: Windows): string {
  const size = [windows.height.window, windows.width.window];
  const operands = [graph.get(x, 'channelsFirst'), unitKernels(graph, size)];
  const picked = onnxNode(graph, 'Conv', operands, { kernel_shape: size, ...onnxWindows(windows) });
  const rows = onnxNode(graph, 'Transpose', [picked], { perm: [0, 2, 3, 1] });
  return onnxNode(graph, 'Reshape', [rows, graph.int64([-1, valueCount(size)])]);
}

/** As many kernels as a window has elements, one 1 in each: [elements, 1, height, width]. */
export function unitKernels(graph: OnnxGraph, size: readonly number[]): string {
  const values = valueCount(size);
  const units = Array.from({ length: values ** 2 }, (_, at) => (at % (values + 1) === 0 ? 1 : 0));
  return graph.float(units, [values, 1, ...size]);
}
