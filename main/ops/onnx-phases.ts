import { onnxNode } from './onnx-nodes';
import type { OnnxGraph } from './op';
import type { Value } from './program';
import { type Axis, isDilated, type Windows } from './windows';

/** With fewer channels on either side, products are too thin, and windows are copied too piecemeal. */
const FEWEST_CHANNELS = 8;
/** Most numbers (32 MiB of them) that may be laid out. */
const MOST_VALUES = 2 ** 23;

/** Every `stride`-th element of the result along one axis, from one on: all come about by the same taps. */
type Phase = readonly Tap[];

/** An element of the kernel, and how far from an element of the result the one lies that it is multiplied by. */
interface Tap {
  readonly place: number;
  readonly shift: number;
}

/**
 * Whether the adjoint of a convolution is best put together from products, one a phase. ONNX Runtime's own does a
 * sample after a sample, and in one thread: with one thread this takes 0.85 times as long, with two half.
 */
export function paysToSplit(dy: Value, kernel: Value, { height, width }: Windows): boolean {
  const [rows = 0, columns = 0, channels = 0, filters = 0] = kernel.shape;
  const [batch = 0] = dy.shape;
  const positions = batch * phaseLength(height) * phaseLength(width);
  return (
    Math.min(channels, filters) >= FEWEST_CHANNELS &&
    !isDilated({ height, width }) &&
    // Otherwise there are elements that no tap reaches.
    Math.min(rows - height.stride, columns - width.stride) >= 0 &&
    positions * rows * columns * filters <= MOST_VALUES
  );
}

/**
 * The adjoint of a convolution, channels last. Of its result, every `stride`-th row and column is an ordinary
 * convolution of what comes in with some of the kernel's elements, and so windows · kernel.
 *
 * @param bias [channels of the result], added.
 */
export function adjointByPhases(
  graph: OnnxGraph,
  dy: Value,
  kernel: Value,
  bias: Value | undefined,
  { height, width }: Windows,
): string {
  const [rows = 0, columns = 0, channels = 0, filters = 0] = kernel.shape;
  const [batch = 0] = dy.shape;
  const padded = padFor(graph, dy, [height, width]);
  const turned = onnxNode(graph, 'Transpose', [graph.get(kernel)], { perm: [0, 1, 3, 2] });
  const taps = onnxNode(graph, 'Reshape', [turned, graph.int64([rows * columns, filters, channels])]);
  const [m, n] = [phaseLength(height), phaseLength(width)];

  const product = (down: Phase, across: Phase): string => {
    const places = down.flatMap((i) => across.map((j) => i.place * columns + j.place));
    const picked = onnxNode(graph, 'Gather', [taps, graph.int64(places)], { axis: 0 });
    const matrix = onnxNode(graph, 'Reshape', [picked, graph.int64([places.length * filters, channels])]);
    const operands = [padded.windows(down, across), matrix];
    if (bias) operands.push(graph.get(bias));
    return onnxNode(graph, 'Gemm', operands);
  };
  // The products of a row lie side by side, and then the rows one below the other: phases take turns.
  const joined = phasesOf(height).map((down) => {
    const row = phasesOf(width).map((across) => product(down, across));
    const whole = row.length === 1 ? (row[0] ?? '') : onnxNode(graph, 'Concat', row, { axis: 1 });
    return onnxNode(graph, 'Reshape', [whole, graph.int64([batch * m, -1])]);
  });
  const whole = joined.length === 1 ? (joined[0] ?? '') : onnxNode(graph, 'Concat', joined, { axis: 1 });
  const size = [m * height.stride, n * width.stride];
  const result = onnxNode(graph, 'Reshape', [whole, graph.int64([batch, ...size, channels])]);
  if (size[0] === height.length && size[1] === width.length) return result;
  const ends = graph.int64([height.length, width.length]);
  return onnxNode(graph, 'Slice', [result, graph.int64([0, 0]), ends, graph.int64([1, 2])]);
}

/** How many elements of the result belong to a phase; the last of some are beyond its end. */
function phaseLength({ length, stride }: Axis): number {
  return Math.ceil(length / stride);
}

/** The phases along an axis in the order of their first elements. */
function phasesOf({ stride, before, window }: Axis): Phase[] {
  // Element `at` of what comes in and element `place` of the kernel meet in at · stride + place − before.
  return Array.from({ length: stride }, (_, first) =>
    Array.from({ length: window }, (_, place) => ({
      place,
      shift: (first + before - place) / stride,
    })).filter(({ shift }) => Number.isInteger(shift)),
  );
}

/** What comes in, with as many zeros around it as any phase reaches beyond its borders. */
function padFor(graph: OnnxGraph, dy: Value, [height, width]: readonly [Axis, Axis]) {
  const [batch = 0, , , filters = 0] = dy.shape;
  const [top, bottom] = reachOf(height);
  const [left, right] = reachOf(width);
  const isPadded = top + bottom + left + right > 0;
  const pads = graph.int64([0, top, left, 0, 0, bottom, right, 0]);
  const padded = isPadded ? onnxNode(graph, 'Pad', [graph.get(dy), pads]) : graph.get(dy);
  const columns = left + width.count + right;
  const size = (top + height.count + bottom) * columns;
  const pixels = onnxNode(graph, 'Reshape', [padded, graph.int64([batch, size, filters])]);
  const isWhole = (phase: Phase, axis: Axis) =>
    phase.length === 1 && phase[0]?.shift === 0 && phaseLength(axis) === axis.count;
  /** The windows of a phase as rows, [positions, taps · filters]. */
  const windows = (down: Phase, across: Phase): string => {
    if (isWhole(down, height) && isWhole(across, width)) {
      return onnxNode(graph, 'Reshape', [graph.get(dy), graph.int64([-1, filters])]);
    }
    const indices: number[] = [];
    for (let row = 0; row < phaseLength(height); row++) {
      for (let column = 0; column < phaseLength(width); column++) {
        for (const { shift: i } of down) {
          for (const { shift: j } of across) indices.push((top + row + i) * columns + left + column + j);
        }
      }
    }
    const gathered = onnxNode(graph, 'Gather', [pixels, graph.int64(indices)], { axis: 1 });
    const values = down.length * across.length * filters;
    return onnxNode(graph, 'Reshape', [gathered, graph.int64([-1, values])]);
  };
  return { windows };
}

/** How far the phases reach beyond the first and the last of the elements that come in. */
function reachOf(axis: Axis): [number, number] {
  const shifts = phasesOf(axis).flatMap((phase) => phase.map(({ shift }) => shift));
  const last = phaseLength(axis) - 1 + Math.max(...shifts);
  return [Math.max(0, -Math.min(...shifts)), Math.max(0, last - (axis.count - 1))];
}
