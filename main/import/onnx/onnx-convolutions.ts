import { formatShape } from '../../../shared/tensors/shape';
import type { AxisWindows } from '../foreign-layer';
import { windowCount } from '../foreign-layer';
import { refused } from '../refusal';
import { transposed } from './fold-constants';
import type { OnnxNode } from './onnx-node';
import { float32, needed, type OnnxContext } from './onnx-reader';

/** The lengths that come in, of series and pictures alone. */
function lengthsOf({ builder, node }: OnnxContext): readonly number[] {
  const [, ...lengths] = builder.shape;
  if (lengths.length === 1 || lengths.length === 2) return lengths;
  throw refused(node, `it is given ${formatShape(builder.shape)}`);
}

/** An attribute with a number for each axis. */
function each(node: OnnxNode, name: string, axes: number, otherwise: number): number[] {
  const given = node.ints(name);
  return Array.from({ length: axes }, (_, axis) => given[axis] ?? otherwise);
}

function windowsOf(node: OnnxNode, lengths: readonly number[], kernels: readonly number[]): AxisWindows[] {
  const axes = lengths.length;
  const [strides, dilations] = [each(node, 'strides', axes, 1), each(node, 'dilations', axes, 1)];
  const pads = node.ints('pads');
  const auto = node.text('auto_pad', 'NOTSET');
  return lengths.map((length, axis) => {
    const [kernel, stride, dilation] = [kernels[axis] ?? 1, strides[axis] ?? 1, dilations[axis] ?? 1];
    if (kernel < 1 || stride < 1 || dilation < 1) throw refused(node, 'its windows have no size');
    const own = { length, kernel, stride, dilation };
    if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') {
      const count = Math.ceil(length / stride);
      const total = Math.max((count - 1) * stride + (kernel - 1) * dilation + 1 - length, 0);
      return { ...own, count, before: auto === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2) };
    }
    const [before, after] = auto === 'VALID' ? [0, 0] : [pads[axis] ?? 0, pads[axis + axes] ?? 0];
    const least = windowCount({ ...own, before }, after);
    const covered = (least - 1) * stride + (kernel - 1) * dilation + 1;
    // One more that hangs over the end, where it begins inside.
    const more =
      node.int('ceil_mode', 0) === 1 && covered < length + before + after && least * stride < length + before;
    return { ...own, before, count: least + (more ? 1 : 0) };
  });
}

export function convolution(context: OnnxContext): void {
  const { builder, node } = context;
  const lengths = lengthsOf(context);
  const weights = needed(context, 1, 'weights');
  const [filters = 0, inGroup = 0, ...kernels] = weights.dims;
  const groups = node.int('group', 1);
  if (kernels.length !== lengths.length || groups < 1 || inGroup * groups !== builder.shape[0]) {
    throw refused(node, `weights of ${weights.dims.join('×')} do not fit ${formatShape(builder.shape)}`);
  }
  node.calledLike(node.inputs[1] ?? '');
  const windows = windowsOf(node, lengths, kernels);
  const axes = kernels.map((_, axis) => axis + 2);
  const kernel = float32(transposed(node, weights, [...axes, 1, 0]).data);
  const bias = biasOf(context, filters);
  builder.channelsLast(node, () =>
    builder.push(node, { kind: 'conv', windows, groups, kernel, bias }, [
      ...windows.map(({ count }) => count),
      filters,
    ]),
  );
}

export function transposedConvolution(context: OnnxContext): void {
  const { builder, node } = context;
  const counts = lengthsOf(context);
  const weights = needed(context, 1, 'weights');
  const [channels = 0, outGroup = 0, ...kernels] = weights.dims;
  const groups = node.int('group', 1);
  if (kernels.length !== counts.length || groups < 1 || channels !== builder.shape[0]) {
    throw refused(node, `weights of ${weights.dims.join('×')} do not fit ${formatShape(builder.shape)}`);
  }
  node.calledLike(node.inputs[1] ?? '');
  const axes = counts.length;
  const [strides, dilations] = [each(node, 'strides', axes, 1), each(node, 'dilations', axes, 1)];
  const extra = each(node, 'output_padding', axes, 0);
  const auto = node.text('auto_pad', 'NOTSET');
  const pads = node.ints('pads');
  const wanted = node.ints('output_shape').slice(-axes);
  const windows = counts.map((count, axis): AxisWindows => {
    const [kernel, stride, dilation] = [kernels[axis] ?? 1, strides[axis] ?? 1, dilations[axis] ?? 1];
    if (kernel < 1 || stride < 1 || dilation < 1) throw refused(node, 'its windows have no size');
    const own = { count, kernel, stride, dilation };
    const full = (count - 1) * stride + (kernel - 1) * dilation + 1 + (extra[axis] ?? 0);
    const same = auto === 'SAME_UPPER' || auto === 'SAME_LOWER';
    if (wanted.length > 0 || same) {
      const length = wanted[axis] ?? count * stride;
      const total = Math.max(full - length, 0);
      const before = auto === 'SAME_UPPER' ? Math.floor(total / 2) : total - Math.floor(total / 2);
      return { ...own, length, before };
    }
    const [before, after] = auto === 'VALID' ? [0, 0] : [pads[axis] ?? 0, pads[axis + axes] ?? 0];
    return { ...own, length: full - before - after, before };
  });
  const filters = outGroup * groups;
  const kernel = float32(transposed(node, weights, [...kernels.map((_, axis) => axis + 2), 1, 0]).data);
  const bias = biasOf(context, filters);
  builder.channelsLast(node, () =>
    builder.push(node, { kind: 'conv-transpose', windows, groups, kernel, bias }, [
      ...windows.map(({ length }) => length),
      filters,
    ]),
  );
}

function biasOf(context: OnnxContext, filters: number): Float32Array | null {
  if ((context.node.inputs[2] ?? '') === '') return null;
  const { data } = needed(context, 2, 'biases');
  if (data.length !== filters)
    throw refused(context.node, `it has ${data.length} biases for ${filters} channels`);
  return float32(data);
}

export function pool(kind: 'max-pool' | 'average-pool') {
  return (context: OnnxContext): void => {
    const { builder, node } = context;
    const lengths = lengthsOf(context);
    const windows = windowsOf(node, lengths, each(node, 'kernel_shape', lengths.length, 1));
    if (windows.some(({ dilation }) => dilation > 1)) throw refused(node, 'its windows are dilated');
    const padded = windows.some(
      ({ before, count, stride, kernel, length }) =>
        before > 0 || (count - 1) * stride + kernel > length + before,
    );
    if (kind === 'average-pool' && padded && node.int('count_include_pad', 0) === 1) {
      throw refused(node, 'its means count the zeros around the border');
    }
    const channels = builder.shape[0] ?? 1;
    builder.channelsLast(node, () =>
      builder.push(node, { kind, windows }, [...windows.map(({ count }) => count), channels]),
    );
  };
}
