import { blockOf } from '../../../shared/blocks/catalogue';
import { problem } from '../../../shared/errors/catalogue';
import type { Problem } from '../../../shared/errors/problem';
import { OUTPUT } from '../../../shared/plan/mirror';
import type { Layer } from '../../../shared/plan/plan';
import { spaceOf, taskOf } from '../../../shared/tasks/catalogue';
import { LUMINANCE } from '../../../shared/tensors/luminance';
import { endsOf } from '../../compile/batch-network';
import { weightName } from '../../compile/lower-plan';
import { endsOfPart } from '../ends';
import type { ExportSubject } from '../format';
import { LayerNames } from '../layer-names';
import { layersOfPart } from '../layers-of-part';
import { weightOf } from '../weight-of';
import { preparedSamples, undone } from './file-scale-layers';
import type { Kernel } from './kernels';
import { LayerSite, type LayersValue, NoSuchLayer } from './layer-site';
import { layersOps } from './layers-ops';
import { Network, type NetworkLayer } from './network';

/** A part as layers of tfjs-layers. */
export interface PartNetwork {
  readonly input: NetworkLayer;
  readonly output: NetworkLayer;
}

const TITLE = 'A TensorFlow.js LayersModel';

/** Builds a part, or finds everything that tfjs-layers has no layers for, block by block. */
export function networkOfPart(subject: ExportSubject): PartNetwork | readonly Problem[] {
  const { plan, part, model } = subject;
  const names = new LayerNames();
  const ends = endsOfPart(part);
  const network = new Network(names);
  const problems: Problem[] = [];
  const values = new Map<string, NetworkLayer>();
  const input = network.input(
    names.another(ends.input),
    part === 'decoder' ? plan.codeShape : plan.outputShape,
  );
  if (part === 'decoder') values.set(endsOf(plan).code, input);
  else {
    const prepared = preparedSamples(network, input, model.preprocessing);
    const seen = seenBy(network, subject, prepared);
    if ('code' in seen) return [seen];
    // What corrupts samples leaves them as they are.
    const last = plan.layers.findIndex(({ id }) => id === plan.seenId);
    // Without such a layer, it is the input that gives them out.
    for (const { id } of plan.layers.slice(0, last + 1 || 1)) values.set(id, seen);
  }
  if (part !== 'encoder' && spaceOf(plan.task) === 'lab') return [lacksLab()];
  let output = input;
  for (const layer of layersOfPart(plan, part)) {
    const known = values.get(layer.id);
    try {
      output = known ?? layerOf(network, subject, layer, values);
    } catch (error) {
      if (!(error instanceof NoSuchLayer)) throw error;
      problems.push(lacks(layer, error.message));
      // What follows is looked at as if it were there.
      output = network.add({ className: 'Identity', name: layer.id, shape: layer.outputShape }, input);
    }
    values.set(layer.id, output);
  }
  if (problems.length > 0) return problems;
  if (part === 'encoder') return { input, output };
  return { input, output: undone(network, output, model.preprocessing) };
}

function layerOf(
  network: Network,
  { model }: ExportSubject,
  layer: Layer,
  values: ReadonlyMap<string, NetworkLayer>,
): NetworkLayer {
  const name = network.names.of(layer.id);
  const given = layer.inputs.map((id) => {
    const value = values.get(id);
    if (!value) throw new Error(`Layer ${layer.id} reads ${id}, which is not there yet.`);
    return value;
  });
  const x = joined(network, layer, name, given);
  const kernel = (wanted: string): Kernel => {
    const owner = layer.weights.some((weight) => weight.name === wanted) ? layer.id : layer.shared?.layerId;
    const { shape, data } = weightOf(model, weightName(owner ?? layer.id, wanted));
    return { shape, data: Float32Array.from(data) };
  };
  const ops = layersOps(new LayerSite(network, name), kernel);
  const open: LayersValue = { kind: 'output', layer: x };
  const made = ops.activate(lowered(layer, open, { network, name, kernel, ops }), layer.activation);
  if (made.kind !== 'output') throw new NoSuchLayer('gives out a weight');
  return made.layer;
}

interface LoweringSite {
  readonly network: Network;
  readonly name: string;
  kernel(name: string): Kernel;
  readonly ops: ReturnType<typeof layersOps>;
}

/** Everything of a layer but its activation. */
function lowered(layer: Layer, x: LayersValue, { network, name, kernel, ops }: LoweringSite): LayersValue {
  const { type, params, inputShape, outputShape } = layer;
  if (x.kind !== 'output') return x;
  const normalisation = (className: string, config: Record<string, unknown>, weights: readonly string[]) => {
    const tensors = weights.map((weight) => ({ name: weight.replace('-', '_'), ...kernel(weight) }));
    const shape = outputShape;
    const made = network.add({ className, name, shape, config, weights: tensors }, x.layer);
    return { kind: 'output', layer: made } as const;
  };
  switch (type) {
    case 'flatten':
    case 'reshape':
      return ops.reshape(x, outputShape);
    case 'sum':
    case 'output':
      return x;
    case 'part': {
      const begin = outputShape.map((_, axis) =>
        axis === outputShape.length - 1 ? Number(params.begin) : 0,
      );
      return ops.slice(x, begin, outputShape);
    }
    case 'batch-norm': {
      const config = {
        axis: -1,
        momentum: params.momentum,
        epsilon: params.epsilon,
        center: true,
        scale: true,
      };
      return normalisation('BatchNormalization', config, ['gamma', 'beta', 'moving-mean', 'moving-variance']);
    }
    case 'layer-norm': {
      const config = { axis: -1, epsilon: params.epsilon, center: true, scale: true };
      return normalisation('LayerNormalization', config, ['gamma', 'beta']);
    }
  }
  const block = blockOf(type);
  const mirror = layer.shared ? block?.tiedMirror : block?.mirror;
  const rule = layer.mirrored ? mirror : block?.encoder;
  if (!rule) throw new Error(`Layer ${layer.id} of the type “${type}” has no rule.`);
  return rule.lower(ops, x, { params, inputShape, outputShape });
}

function joined(
  network: Network,
  { id, join, inputShape }: Layer,
  name: string,
  [first, ...others]: readonly NetworkLayer[],
): NetworkLayer {
  if (!first) throw new Error(`Layer ${id} reads nothing.`);
  if (others.length === 0) return first;
  const concatenate = { className: 'Concatenate', config: { axis: inputShape.length } };
  const making = join === 'concat' ? concatenate : { className: 'Add', config: {} };
  return network.add({ ...making, name: `${name}_join`, shape: inputShape }, first, ...others);
}

/** What the task shows of samples: themselves, or their brightness. */
function seenBy(network: Network, { plan }: ExportSubject, samples: NetworkLayer): NetworkLayer | Problem {
  if (taskOf(plan.task.kind).sees === 'sample') return samples;
  if (spaceOf(plan.task) === 'lab') return lacksLab();
  const [height = 0, width = 0, channels = 0] = samples.shape;
  const weights = [{ name: 'kernel', shape: [1, 1, channels, 1], data: Float32Array.from(LUMINANCE) }];
  const config = {
    filters: 1,
    kernel_size: [1, 1],
    strides: [1, 1],
    padding: 'valid',
    data_format: 'channels_last',
    activation: 'linear',
    use_bias: false,
  };
  return network.add(
    { className: 'Conv2D', name: 'brightness', shape: [height, width, 1], config, weights },
    samples,
  );
}

function lacksLab(): Problem {
  const what = 'it puts colours together in L*a*b*, which takes roots and powers';
  return problem('EXPORT_LACKS', { title: TITLE, block: 'the output', what }, { nodeId: OUTPUT });
}

function lacks({ id, blockId }: Layer, what: string): Problem {
  return problem('EXPORT_LACKS', { title: TITLE, block: id, what: `it ${what}` }, { nodeId: blockId ?? id });
}
