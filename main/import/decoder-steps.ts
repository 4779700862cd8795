import type { Activation } from '../../shared/blocks/layer-ops';
import { foldedAfter, foldedBefore } from './fold-normalisation';
import type {
  AxisWindows,
  ForeignBatchNorm,
  ForeignConvolution,
  ForeignDense,
  ForeignResample,
} from './foreign-layer';
import type { JoinedLayer } from './join-borders';
import { eachOf, refused } from './refusal';

/** What is to be the twin of a block. */
export interface DecoderStep {
  readonly layer: ForeignDense | ForeignConvolution | ForeignResample;
  readonly activation: Activation;
}

interface DecoderSteps {
  /** The code with what was folded into it. */
  readonly code: DecoderStep;
  readonly steps: readonly DecoderStep[];
  readonly rescale: { readonly scale: number; readonly offset: number } | null;
  /** What was left out or changed in form, for the user. */
  readonly notes: readonly string[];
}

/**
 * The layers of the second half as twins. Decoders have no normalisation of their own: one is folded into the weights of the
 * layer before it (or of the dense one after), which gives the same values. Dropout and noise, which act in training
 * alone, are left out. A convolution with a stride of 1 is written as the transposed one that it is.
 *
 * @param layers behind the code
 * @throws ProblemError for everything in them that no twin is
 */
export function decoderSteps(code: DecoderStep, layers: readonly JoinedLayer[]): DecoderSteps {
  const steps: DecoderStep[] = [code];
  const notes: string[] = [];
  let rescale: DecoderSteps['rescale'] = null;
  /** A normalisation that waits for the layer behind it. */
  let waiting: ForeignBatchNorm | null = null;
  const replaceLast = (step: DecoderStep, at = steps.length - 1) => {
    steps[at] = step;
  };
  const take = (layer: JoinedLayer): void => {
    if (rescale) throw refused(layer, 'it stands behind the scaling of what comes out');
    switch (layer.kind) {
      case 'dropout':
      case 'noise':
        notes.push(
          `${layer.name} (${layer.type}) was left out: decoders have none, and it acts in training alone.`,
        );
        return;
      case 'rescale':
        rescale = { scale: layer.scale, offset: layer.offset };
        return;
      case 'activation': {
        if (layer.activation === 'linear') return;
        if (waiting) throw refused(waiting, 'in the decoder, nothing behind it can take it in');
        const at = makerOf(steps);
        const maker = steps[at];
        if (maker?.activation !== 'linear') throw refused(layer, 'it is a second function in a row');
        const smooth = ({ layer: made }: DecoderStep) =>
          made.kind === 'resample' && made.method === 'bilinear';
        if (steps.slice(at).some(smooth)) {
          throw refused(layer, 'it stands behind a bilinear upsampling');
        }
        replaceLast({ ...maker, activation: layer.activation }, at);
        return;
      }
      case 'batch-norm': {
        const at = makerOf(steps);
        const maker = steps[at];
        if (maker && maker.activation === 'linear' && !waiting && maker.layer.kind !== 'resample') {
          replaceLast({ ...maker, layer: foldedAfter(maker.layer, layer) }, at);
          notes.push(foldingNote(layer, maker.layer.name));
        } else if (waiting) throw refused(layer, 'in the decoder, it stands behind another');
        else waiting = layer;
        return;
      }
      case 'layer-norm':
        throw refused(layer, 'decoders have no normalisation of their own');
      case 'max-pool':
      case 'average-pool':
        throw refused(layer, 'it pools behind the code');
      case 'resample':
        if (layer.places.every((places, axis) => isUnchanged(places, layer.inputShape[axis] ?? 1))) return;
        steps.push({ layer, activation: 'linear' });
        return;
      default: {
        const made = layer.kind === 'conv' ? asTransposed(layer) : layer;
        steps.push({ layer: made, activation: 'linear' });
        if (waiting) {
          const norm: ForeignBatchNorm = waiting;
          waiting = null;
          replaceLast({ layer: foldedBefore(made, norm), activation: 'linear' });
          notes.push(foldingNote(norm, layer.name));
        }
      }
    }
  };
  eachOf(layers, take);
  if (waiting) throw refused(waiting, 'in the decoder, nothing behind it can take it in');
  const [first, ...others] = steps;
  return { code: first ?? code, steps: others, rescale, notes };
}

function foldingNote({ name, type }: ForeignBatchNorm, into: string): string {
  return `${name} (${type}) was folded into the weights of ${into}: decoders have no normalisation of their own.`;
}

/** The last layer with weights. */
function makerOf(steps: readonly DecoderStep[]): number {
  return steps.findLastIndex(({ layer }) => layer.kind !== 'resample');
}

function isUnchanged(places: readonly number[], length: number): boolean {
  return places.length === length && places.every((place, index) => place === index);
}

/**
 * A convolution with a stride of 1 as a transposed one: its kernel turned around, and in and out exchanged.
 *
 * @throws ProblemError where it shrinks what comes in by a stride, or has groups
 */
function asTransposed(layer: ForeignConvolution): ForeignConvolution {
  if (layer.windows.some(({ stride }) => stride > 1))
    throw refused(layer, 'it shrinks what comes in behind the code');
  if (layer.groups > 1) throw refused(layer, 'it is a convolution in groups behind the code');
  const windows = layer.windows.map(
    ({ length, count, kernel, dilation, before, stride }): AxisWindows => ({
      length: count,
      count: length,
      kernel,
      stride,
      dilation,
      before: (kernel - 1) * dilation - before,
    }),
  );
  const [channels, filters] = [layer.inputShape.at(-1) ?? 1, layer.outputShape.at(-1) ?? 1];
  const taps = layer.kernel.length / channels / filters;
  const kernel = new Float32Array(layer.kernel.length);
  for (let tap = 0; tap < taps; tap++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let filter = 0; filter < filters; filter++) {
        kernel[((taps - 1 - tap) * filters + filter) * channels + channel] =
          layer.kernel[(tap * channels + channel) * filters + filter] ?? 0;
      }
    }
  }
  return { ...layer, kind: 'conv-transpose', windows, kernel };
}
