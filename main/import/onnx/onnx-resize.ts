import { formatShape } from '../../../shared/tensors/shape';
import { refused } from '../refusal';
import type { OnnxNode } from './onnx-node';
import type { OnnxContext } from './onnx-reader';

/** Enlarging, as `Resize` and its forerunner `Upsample` describe it: by scales or to lengths, channels first or last. */
export function resize(context: OnnxContext): void {
  const { builder, node } = context;
  const { shape } = builder;
  const factors = factorsOf(context, [1, ...shape]);
  if (factors.length !== shape.length + 1 || factors[0] !== 1)
    throw refused(node, `it enlarges ${formatShape(shape)} by ${factors.join('×')}`);
  const own = factors.slice(1);
  if (own.every((factor) => factor === 1)) return;
  const mode = node.text('mode', 'nearest');
  if (mode !== 'nearest' && mode !== 'linear') throw refused(node, `it enlarges by ${mode} interpolation`);
  const method = mode === 'nearest' ? 'nearest' : 'bilinear';
  const work = (lengths: readonly number[], scales: readonly number[]) => {
    const places = lengths.map((length, axis) => placesOf(node, length, scales[axis] ?? 1, method));
    const channels = builder.shape.at(-1) ?? 1;
    builder.push(node, { kind: 'resample', method, places }, [
      ...places.map((each) => each.length),
      channels,
    ]);
  };
  if (shape.length < 2) throw refused(node, `it is given ${formatShape(shape)}`);
  if (own[0] === 1) builder.channelsLast(node, () => work(shape.slice(1), own.slice(1)));
  else if (own.at(-1) === 1) work(shape.slice(0, -1), own.slice(0, -1));
  else throw refused(node, 'it makes more channels');
}

function factorsOf({ node, constant }: OnnxContext, whole: readonly number[]): number[] {
  const isFirst = node.op === 'Upsample';
  const scales = constant(isFirst ? 1 : 2);
  if (scales && scales.data.length > 0) return Array.from(scales.data);
  const sizes = isFirst ? null : constant(3);
  if (sizes && sizes.data.length > 0)
    return Array.from(sizes.data, (length, axis) => length / (whole[axis] ?? 1));
  // Of version 10, the scales come second.
  const second = constant(1);
  if (second && second.data.length === whole.length) return Array.from(second.data);
  throw refused(node, 'how much it enlarges is not in the file as numbers');
}

/** ONNX' `coordinate_transformation_mode` and `nearest_mode`. */
function placesOf(node: OnnxNode, length: number, scale: number, method: 'nearest' | 'bilinear'): number[] {
  const made = Math.floor(length * scale + 1e-6);
  if (!(scale > 0) || made < 1 || made > 65_536) throw refused(node, `it enlarges by ${scale}`);
  // Before version 11 there was one way.
  const mode = node.text(
    'coordinate_transformation_mode',
    node.op === 'Upsample' ? 'asymmetric' : 'half_pixel',
  );
  const rounding = node.text('nearest_mode', node.op === 'Upsample' ? 'floor' : 'round_prefer_floor');
  return Array.from({ length: made }, (_, place) => {
    const at = Math.min(Math.max(sourceOf(node, mode, { place, length, made, scale }), 0), length - 1);
    if (method === 'bilinear') return at;
    if (rounding === 'floor') return Math.floor(at);
    if (rounding === 'ceil') return Math.ceil(at);
    return rounding === 'round_prefer_ceil' ? Math.floor(at + 0.5) : Math.ceil(at - 0.5);
  });
}

interface Place {
  readonly place: number;
  readonly length: number;
  readonly made: number;
  readonly scale: number;
}

function sourceOf(node: OnnxNode, mode: string, { place, length, made, scale }: Place): number {
  switch (mode) {
    case 'half_pixel':
    case 'half_pixel_symmetric':
      return (place + 0.5) / scale - 0.5;
    case 'pytorch_half_pixel':
      return made > 1 ? (place + 0.5) / scale - 0.5 : 0;
    case 'align_corners':
      return made > 1 ? (place * (length - 1)) / (made - 1) : 0;
    case 'asymmetric':
      return place / scale;
    case 'tf_half_pixel_for_nn':
      return (place + 0.5) / scale;
    default:
      throw refused(node, `it lays what comes out as “${mode}”`);
  }
}
