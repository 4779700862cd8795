import { problem } from '../../shared/errors/catalogue';
import type { Problem } from '../../shared/errors/problem';
import { formatShape, sameShape, valueCount } from '../../shared/tensors/shape';
import type { DecoderStep } from './decoder-steps';
import type { EncoderStep } from './encoder-steps';
import type { AxisWindows, ForeignConvolution, ForeignPool, ForeignResample } from './foreign-layer';
import { fitWindows, type WindowFit } from './window-fit';

/** A block of the encoder with what mirrors it. */
export interface Pair {
  readonly encoder: EncoderStep;
  readonly decoder: DecoderStep | null;
  /** Of convolutions and pools: how the block has their windows. */
  readonly fit: WindowFit | null;
  /** Of pools: how their mirror enlarges. */
  readonly upsampling: 'nearest' | 'bilinear';
}

const MIRRORED: ReadonlySet<EncoderStep['layer']['kind']> = new Set([
  'dense',
  'conv',
  'max-pool',
  'average-pool',
]);

/**
 * Holds the second half against the mirror of the first.
 *
 * @param encoder the code is the last
 * @returns the blocks that have twins, in the order of the encoder, and everything that is no mirror, block by block
 */
export function matchMirror(
  encoder: readonly EncoderStep[],
  decoder: readonly DecoderStep[],
): { pairs: readonly Pair[]; problems: readonly Problem[] } {
  const pairs: Pair[] = [];
  const problems: Problem[] = [];
  let at = 0;
  for (const step of encoder.toReversed()) {
    if (!MIRRORED.has(step.layer.kind)) continue;
    const candidate = decoder[at] ?? null;
    const pair = pairOf(step, candidate);
    if (pair.decoder) at++;
    if ('wrong' in pair) {
      problems.push(problem('IMPORT_MIRROR', { block: step.layer.name, ...pair.wrong }));
      // Behind a layer of another kind, nothing would stand opposite its block.
      if (candidate?.layer.kind !== twinKind(step)) return { pairs: [], problems };
    } else pairs.unshift(pair);
  }
  const surplus = decoder.slice(at);
  if (surplus.length > 0) {
    const got = surplus.map(described).join(', ');
    problems.push(problem('IMPORT_MIRROR', { block: 'the input', expected: 'the end of the model', got }));
  }
  return { pairs, problems };
}

function twinKind({ layer }: EncoderStep): DecoderStep['layer']['kind'] {
  if (layer.kind === 'dense') return 'dense';
  return layer.kind === 'conv' ? 'conv-transpose' : 'resample';
}

type Matched =
  | Pair
  | { readonly decoder: DecoderStep | null; readonly wrong: { expected: string; got: string } };

function pairOf(encoder: EncoderStep, decoder: DecoderStep | null): Matched {
  const { layer } = encoder;
  const got = decoder ? described(decoder) : 'the end of the model';
  if (layer.kind === 'dense') {
    const [inputs, outputs] = [valueCount(layer.outputShape), valueCount(layer.inputShape)];
    const twin = decoder?.layer;
    const isTwin =
      twin?.kind === 'dense' &&
      valueCount(twin.inputShape) === inputs &&
      valueCount(twin.outputShape) === outputs;
    if (isTwin) return { encoder, decoder, fit: null, upsampling: 'nearest' };
    return { decoder, wrong: { expected: `a dense layer from ${inputs} to ${outputs} values`, got } };
  }
  if (layer.kind === 'conv') return convolutionPair(encoder, layer, decoder, got);
  if (layer.kind === 'max-pool' || layer.kind === 'average-pool')
    return poolPair(encoder, layer, decoder, got);
  throw new Error(`${layer.kind} has no mirror`);
}

function convolutionPair(
  encoder: EncoderStep,
  layer: ForeignConvolution,
  decoder: DecoderStep | null,
  got: string,
): Matched {
  const twin = decoder?.layer;
  const fit =
    twin?.kind === 'conv-transpose' &&
    sameShape(twin.inputShape, layer.outputShape) &&
    sameShape(twin.outputShape, layer.inputShape) &&
    twin.groups === layer.groups
      ? fitWindows([layer.windows, twin.windows])
      : null;
  if (fit) return { encoder, decoder, fit, upsampling: 'nearest' };
  const shapes = `${formatShape(layer.outputShape)} to ${formatShape(layer.inputShape)}`;
  const groups = layer.groups > 1 ? `, ${layer.groups} groups` : '';
  return {
    decoder,
    wrong: {
      expected: `a transposed convolution from ${shapes} (${windowsText(layer.windows)}${groups})`,
      got,
    },
  };
}

function poolPair(
  encoder: EncoderStep,
  layer: ForeignPool,
  decoder: DecoderStep | null,
  got: string,
): Matched {
  const fit = fitWindows([layer.windows]);
  const isExact = fit && layer.windows.every(({ kernel }) => kernel === fit.kernel);
  if (!isExact) {
    const expected = 'square windows that lie as “same” or “valid” padding lays them';
    return { decoder, wrong: { expected, got: windowsText(layer.windows) } };
  }
  const twin = decoder?.layer.kind === 'resample' ? decoder.layer : null;
  for (const upsampling of ['nearest', 'bilinear'] as const) {
    const places = layer.windows.map((axis) => mirrorPlaces(axis, upsampling));
    const changes = places.some((axis, index) =>
      axis.some((place, to) => place !== to || axis.length !== layer.windows[index]?.count),
    );
    if (!changes && !twin) return { encoder, decoder: null, fit, upsampling };
    if (twin && enlarges(twin, places, upsampling)) return { encoder, decoder, fit, upsampling };
  }
  const shapes = `${formatShape(layer.outputShape)} to ${formatShape(layer.inputShape)}`;
  return { decoder, wrong: { expected: `an upsampling from ${shapes}, nearest or bilinear`, got } };
}

function enlarges(
  { method, places }: ForeignResample,
  wanted: readonly (readonly number[])[],
  how: 'nearest' | 'bilinear',
): boolean {
  const alike = wanted.every(
    (axis, index) =>
      axis.length === places[index]?.length &&
      axis.every((place, to) => Math.abs(place - (places[index]?.[to] ?? Number.NaN)) < 1e-6),
  );
  return alike && method === how;
}

/** Where the mirror of a pool takes each value of an axis from: see `shared/blocks/pool.ts`. */
function mirrorPlaces({ length, count, kernel, stride, before }: AxisWindows, how: 'nearest' | 'bilinear') {
  const offset = before - Math.floor((kernel - stride) / 2);
  const firstCentre = (kernel - 1) / 2 - before;
  return Array.from({ length }, (_, place) =>
    how === 'nearest'
      ? Math.floor(Math.min(Math.max(place + offset, 0), count * stride - 1) / stride)
      : Math.min(Math.max((place - firstCentre) / stride, 0), count - 1),
  );
}

function described({ layer }: DecoderStep): string {
  const shapes = `${formatShape(layer.inputShape)} to ${formatShape(layer.outputShape)}`;
  const windows = layer.kind === 'conv-transpose' ? `; ${windowsText(layer.windows)}` : '';
  return `“${layer.name}” (${layer.type}, ${shapes}${windows})`;
}

function windowsText(windows: readonly AxisWindows[]): string {
  const [first] = windows;
  const each = (value: (axis: AxisWindows) => number) => windows.map(value).join('×');
  const dilated = windows.some(({ dilation }) => dilation > 1) ? `, dilation ${first?.dilation}` : '';
  const pads = each(({ before }) => before);
  return `kernel ${each(({ kernel }) => kernel)}, stride ${each(({ stride }) => stride)}${dilated}, ${pads} before the border`;
}
