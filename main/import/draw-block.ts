import type { Activation } from '../../shared/blocks/layer-ops';
import type { ParameterValue } from '../../shared/blocks/parameter';
import type { DocumentBlock } from '../../shared/document/graph-document';
import { newBlock } from '../../shared/document/new-document';
import { twinId } from '../../shared/plan/mirror';
import { valueCount } from '../../shared/tensors/shape';
import { weightName } from '../compile/lower-plan';
import type { EncoderStep } from './encoder-steps';
import type { ForeignConvolution } from './foreign-layer';
import type { Pair } from './mirror-match';
import { type WindowFit, withZerosAround } from './window-fit';

/** A block of the drawing with what it and its twin begin with. */
export interface DrawnBlock {
  readonly block: DocumentBlock;
  /** What the mirror leaves free, of a twin with weights. */
  readonly twin: { readonly activation: Activation; readonly useBias: boolean } | null;
  /** By the names of the plan. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly notes: readonly string[];
}

/**
 * Draws one step of the encoder and its mirror.
 *
 * @param pair its mirror, of what has one
 * @param counts how many blocks of each type there are so far; counted on
 */
export function blockFor(
  step: EncoderStep,
  pair: Pair | null,
  isCode: boolean,
  counts: Map<string, number>,
): DrawnBlock {
  const { type, params } = kindOf(step, pair, isCode);
  const number = (counts.get(type) ?? 0) + 1;
  counts.set(type, number);
  const id = isCode ? 'code' : `${type}-${number}`;
  const weights = new Map<string, Float32Array>();
  const put = (owner: string, named: Readonly<Record<string, Float32Array | null>>) => {
    for (const [name, values] of Object.entries(named))
      if (values) weights.set(weightName(owner, name), values);
  };
  const { layer } = step;
  const block = newBlock(type, id, params);
  switch (layer.kind) {
    case 'batch-norm': {
      const { gamma, beta, mean, variance } = layer;
      put(id, { gamma, beta, 'moving-mean': mean, 'moving-variance': variance });
      break;
    }
    case 'layer-norm':
      put(id, { gamma: layer.gamma, beta: layer.beta });
      break;
    case 'dense':
    case 'conv': {
      const twin = pair?.decoder?.layer;
      if (!pair || (twin?.kind !== 'dense' && twin?.kind !== 'conv-transpose')) break;
      const kernelOf = (of: typeof layer | typeof twin, half: number) =>
        of.kind === 'dense' ? of.kernel : largerKernel(of, pair.fit, half);
      put(id, { kernel: kernelOf(layer, 0), bias: layer.bias });
      put(twinId(id), { kernel: kernelOf(twin, 1), bias: twin.bias });
      const activation = pair.decoder?.activation ?? 'linear';
      const notes = kernelNotes(layer, pair.fit);
      return { block, twin: { activation, useBias: twin.bias !== null }, weights, notes };
    }
  }
  return { block, twin: null, weights, notes: [] };
}

type Drawn = { type: string; params: Record<string, ParameterValue> };

function kindOf({ layer, activation }: EncoderStep, pair: Pair | null, isCode: boolean): Drawn {
  switch (layer.kind) {
    case 'dense': {
      const width = valueCount(layer.outputShape);
      const params = { activation, useBias: layer.bias !== null };
      return isCode
        ? { type: 'code', params: { ...params, size: width } }
        : { type: 'dense', params: { ...params, units: width } };
    }
    case 'conv': {
      const type = layer.windows.length === 1 ? 'conv1d' : 'conv';
      const { kernel, stride, padding, dilation } = fitOf(pair);
      const filters = layer.outputShape.at(-1) ?? 1;
      const shape = { filters, kernel, stride, padding, dilation, groups: layer.groups };
      return { type, params: { ...shape, activation, useBias: layer.bias !== null } };
    }
    case 'max-pool':
    case 'average-pool': {
      const type = layer.windows.length === 1 ? `${layer.kind}1d` : layer.kind;
      const { kernel: size, stride, padding } = fitOf(pair);
      return { type, params: { size, stride, padding, upsampling: pair?.upsampling ?? 'nearest' } };
    }
    case 'batch-norm':
      return { type: layer.kind, params: { momentum: layer.momentum, epsilon: layer.epsilon } };
    case 'layer-norm':
      return { type: layer.kind, params: { epsilon: layer.epsilon } };
    case 'activation':
      return { type: layer.kind, params: { activation: layer.activation } };
    case 'dropout':
      return { type: layer.kind, params: { rate: layer.rate, wholeChannels: layer.wholeChannels } };
    case 'noise':
      return { type: 'gaussian-noise', params: { deviation: layer.deviation } };
    case 'conv-transpose':
      throw new Error('Encoders have no transposed convolutions.');
  }
}

function fitOf(pair: Pair | null): WindowFit {
  if (!pair?.fit) throw new Error('What has windows was fitted.');
  return pair.fit;
}

function largerKernel({ kernel, windows }: ForeignConvolution, fit: WindowFit | null, half: number) {
  if (!fit) return kernel;
  const sides = windows.map(({ kernel: side }) => side);
  return withZerosAround(kernel, sides, fit.fronts[half] ?? [], fit.kernel);
}

function kernelNotes(layer: EncoderStep['layer'], fit: WindowFit | null): string[] {
  if (layer.kind !== 'conv' || !fit || layer.windows.every(({ kernel }) => kernel === fit.kernel)) return [];
  const own = layer.windows.map(({ kernel }) => kernel).join('×');
  const drawn = layer.windows.map(() => fit.kernel).join('×');
  return [
    `${layer.name}: its kernel of ${own} is drawn as one of ${drawn} with zeros around, which gives the same values with its pads.`,
  ];
}
