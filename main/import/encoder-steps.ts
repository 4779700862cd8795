import type { Activation } from '../../shared/blocks/layer-ops';
import { formatShape, type Shape, sameShape, valueCount } from '../../shared/tensors/shape';
import type {
  ForeignBatchNorm,
  ForeignConvolution,
  ForeignDense,
  ForeignLayer,
  ForeignLayerNorm,
  ForeignPool,
} from './foreign-layer';
import type { JoinedLayer } from './join-borders';
import { eachOf, refused } from './refusal';

/** What becomes a block of the encoder. */
export interface EncoderStep {
  readonly layer:
    | ForeignDense
    | ForeignConvolution
    | ForeignPool
    | ForeignBatchNorm
    | ForeignLayerNorm
    | Extract<ForeignLayer, { kind: 'activation' | 'dropout' | 'noise' }>;
  /** The function behind it; `linear` where it has none. */
  readonly activation: Activation;
}

interface EncoderSteps {
  /** The code is the last. */
  readonly steps: readonly EncoderStep[];
  /** What the drawing takes; the values are those of the model's input. */
  readonly inputShape: Shape;
  /** What is done to samples before all else. */
  readonly rescale: { readonly scale: number; readonly offset: number } | null;
}

/**
 * The blocks of the first half, each with the shape it takes.
 *
 * @param layers up to the code, which is the last
 * @throws ProblemError for everything in them that no block of an encoder is
 */
export function encoderSteps(given: Shape, layers: readonly JoinedLayer[]): EncoderSteps {
  const steps: EncoderStep[] = [];
  let inputShape = given;
  /** What our blocks give at this point. */
  let shape = given;
  let rescale: EncoderSteps['rescale'] = null;
  /** Samples are what the first layer takes; behind it, nothing puts values into another shape. */
  const takesShape = (layer: JoinedLayer) => {
    if (steps.length === 0 && valueCount(shape) === valueCount(layer.inputShape)) {
      inputShape = layer.inputShape;
    } else if (!sameShape(shape, layer.inputShape)) {
      const [takes, brought] = [formatShape(layer.inputShape), formatShape(shape)];
      throw refused(layer, `values are put from ${brought} into ${takes} before it`);
    }
  };
  const take = (layer: JoinedLayer): void => {
    switch (layer.kind) {
      case 'rescale':
        if (steps.length > 0) throw refused(layer, 'it scales values behind other layers');
        rescale = scaledOnce(rescale, layer);
        return;
      case 'activation':
        if (layer.activation === 'linear') return;
        if (!gaveActivation(steps, layer.activation)) steps.push({ layer, activation: 'linear' });
        return;
      case 'dropout':
      case 'noise':
        steps.push({ layer, activation: 'linear' });
        return;
      case 'batch-norm':
        if (layer.gamma.length === 1) {
          steps.push({ layer: ofEveryChannel(layer, shape), activation: 'linear' });
          return;
        }
        takesShape(layer);
        break;
      case 'conv-transpose':
      case 'resample':
        throw refused(layer, 'it enlarges before the code');
      case 'dense':
        if (valueCount(shape) !== valueCount(layer.inputShape)) {
          throw refused(
            layer,
            `it takes ${formatShape(layer.inputShape)}, but is given ${formatShape(shape)}`,
          );
        }
        break;
      default:
        takesShape(layer);
    }
    steps.push({ layer, activation: 'linear' });
    shape = layer.outputShape;
  };
  eachOf(layers, take);
  const [first] = steps;
  // Dense layers alone don't ask what the rows of a picture are.
  if (first?.layer.kind === 'dense' && inputShape.length === 2) inputShape = [...inputShape, 1];
  return { steps, inputShape, rescale };
}

/** Has the layer before have the activation itself, where it has none yet. */
function gaveActivation(steps: EncoderStep[], activation: Activation): boolean {
  const before = steps.at(-1);
  const takes = before && (before.layer.kind === 'dense' || before.layer.kind === 'conv');
  if (!takes || before.activation !== 'linear') return false;
  steps[steps.length - 1] = { ...before, activation };
  return true;
}

/** Of a normalisation of all channels alike, one number for each. */
function ofEveryChannel(layer: ForeignBatchNorm, shape: Shape): ForeignBatchNorm {
  const channels = shape.at(-1) ?? 1;
  const filled = ([value = 0]: Float32Array) => new Float32Array(channels).fill(value);
  const { gamma, beta, mean, variance } = layer;
  const numbers = {
    gamma: filled(gamma),
    beta: filled(beta),
    mean: filled(mean),
    variance: filled(variance),
  };
  return { ...layer, ...numbers, inputShape: shape, outputShape: shape };
}

function scaledOnce(before: EncoderSteps['rescale'], { scale, offset }: { scale: number; offset: number }) {
  if (!before) return { scale, offset };
  return { scale: before.scale * scale, offset: before.offset * scale + offset };
}
