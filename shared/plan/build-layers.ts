import type { LayerRule, TiedRule } from '../blocks/block';
import type { GraphDocument } from '../document/graph-document';
import { briefLossSum } from '../losses/loss-sum';
import { targetShape } from '../tasks/catalogue';
import { joinedShape } from '../tensors/join';
import { type Shape, valueCount } from '../tensors/shape';
import {
  flattenId,
  isActivation,
  type MirrorActivations,
  OUTPUT,
  partId,
  sumId,
  twinId,
  twinParameters,
} from './mirror';
import type { Placement } from './placement';
import type { Layer } from './plan';
import { skipOf } from './skips';
import type { TargetShapes } from './target-shapes';
import { isTied } from './tied';

/**
 * The layers of a drawing, encoder first, from what was placed of it. The decoder is the adjoint: where the wires out of a
 * block part, what comes back along them is summed; a concatenation gives each of its sources a part of what comes back,
 * a sum all of it; a block without a mirror hands it on to its source. In an unfinished drawing a twin may read nothing.
 *
 * @param targets what twins mirror in place of their blocks' own shapes
 */
export function buildLayers(
  doc: GraphDocument,
  placements: readonly Placement[],
  targets: ReadonlyMap<string, TargetShapes>,
  activations: MirrorActivations,
): ReadonlyMap<string, Layer> {
  const layers = new Map<string, Layer>();
  const add = (layer: Layer) => {
    layers.set(layer.id, layer);
    return layer.id;
  };
  for (const placement of placements) {
    const { block, wireShape, inputShape } = placement;
    let inputs = placement.sources.map(({ id }) => id);
    if (wireShape !== inputShape) {
      inputs = [add(rearrangement(flattenId(block.id), 'flatten', block.id, inputs, wireShape, inputShape))];
    }
    add(encoderLayer(placement, inputs));
  }
  const complete = placements.some(({ definition }) => definition.role === 'code');
  /** What comes back to each block along the wires out of it. */
  const back = new Map<string, string[]>();
  const handBack = (to: string, from: readonly string[]) => back.set(to, [...(back.get(to) ?? []), ...from]);
  for (const placement of placements.toReversed()) {
    const { block, definition, sources, wireShape, inputShape } = placement;
    const target = targets.get(block.id) ?? placement;
    let given = (back.get(block.id) ?? []).toReversed();
    if (given.length > 1) given = [add(sumLayer(block.id, given, target.outputShape))];
    if (definition.role === 'code') given = [block.id];
    if (definition.role === 'input') {
      if (complete) add(outputLayer(doc, given, activations));
      continue;
    }
    if (!definition.mirror) {
      for (const { id } of sources) handBack(id, given);
      continue;
    }
    let made = add(twinLayer(doc, placement, target, definition.mirror, given, activations));
    if (wireShape !== inputShape) {
      const id = twinId(flattenId(block.id));
      made = add(rearrangement(id, 'reshape', block.id, [made], target.inputShape, target.wireShape));
    }
    if (definition.joins !== 'concat' || sources.length < 2) {
      for (const { id } of sources.toReversed()) handBack(id, [made]);
      continue;
    }
    const parts = partLayers(block.id, made, placement);
    for (const [index, part] of [...parts.entries()].reverse()) {
      const source = sources[index];
      if (source) handBack(source.id, [add(part)]);
    }
  }
  return layers;
}

/** The sum of what comes back to a block along several wires. */
function sumLayer(blockId: string, inputs: readonly string[], shape: Shape): Layer {
  return {
    ...placed,
    id: sumId(blockId),
    blockId,
    type: 'sum',
    inputs,
    join: 'add',
    inputShape: shape,
    outputShape: shape,
  };
}

/** What each source of a concatenation is given back: its own channels. */
function partLayers(blockId: string, split: string, { sources, outputShape }: Placement): Layer[] {
  let begin = 0;
  return sources.map(({ shape }, index) => {
    const from = begin;
    begin += shape.at(-1) ?? 0;
    const params = { begin: from };
    const inputs = [split];
    return {
      ...placed,
      id: partId(blockId, index),
      blockId,
      type: 'part',
      params,
      inputs,
      inputShape: outputShape,
      outputShape: shape,
    };
  });
}

function encoderLayer(placement: Placement, inputs: readonly string[]): Layer {
  const { block, definition, inputShape, outputShape } = placement;
  const weights = definition.encoder.weights({ params: block.params, inputShape, outputShape });
  return {
    id: block.id,
    blockId: block.id,
    type: block.type,
    half: definition.role === 'code' ? 'code' : 'encoder',
    mirrored: false,
    params: block.params,
    inputs,
    join: inputs.length > 1 ? (definition.joins ?? null) : null,
    inputShape,
    outputShape,
    activation: isActivation(block.params.activation) ? block.params.activation : 'linear',
    weights,
    shared: null,
    parameterCount: parameterCount(weights),
  };
}

function twinLayer(
  doc: GraphDocument,
  placement: Placement,
  target: TargetShapes,
  mirror: LayerRule,
  inputs: readonly string[],
  activations: MirrorActivations,
): Layer {
  const { block, definition } = placement;
  const params = twinParameters(doc, block, activations);
  const join = skipOf(doc, block);
  const skipped = join && joinedShape([target.outputShape, placement.outputShape], join);
  const inputShape = skipped ?? target.outputShape;
  const outputShape = target.inputShape;
  const tied = isTied(doc, block) ? definition.tiedMirror : undefined;
  const weights = (tied ?? mirror).weights({ params, inputShape, outputShape });
  return {
    id: twinId(block.id),
    blockId: block.id,
    type: block.type,
    half: 'decoder',
    mirrored: true,
    params,
    inputs: join ? [...inputs, block.id] : inputs,
    // An unfinished drawing's twin may have nothing that comes in beside the skip.
    join: inputs.length > 0 ? join : null,
    inputShape,
    outputShape,
    activation: isActivation(params.activation) ? params.activation : 'linear',
    weights,
    shared: tied ? { layerId: block.id, weights: sharedWeights(placement, tied) } : null,
    parameterCount: parameterCount(weights),
  };
}

/** The weights of an encoder block that its twin uses. */
function sharedWeights({ block, definition, inputShape, outputShape }: Placement, { shares }: TiedRule) {
  const weights = definition.encoder.weights({ params: block.params, inputShape, outputShape });
  return weights.filter(({ name }) => shares.includes(name));
}

/** A flattening or its reverse: the same values in the same order under another shape. */
function rearrangement(
  id: string,
  type: 'flatten' | 'reshape',
  blockId: string,
  inputs: readonly string[],
  inputShape: Shape,
  outputShape: Shape,
): Layer {
  const mirrored = type === 'reshape';
  const half = mirrored ? 'decoder' : 'encoder';
  return { ...placed, id, blockId, type, half, mirrored, inputs, inputShape, outputShape };
}

/** What all that the planner places has in common. */
const placed = {
  params: {},
  join: null,
  half: 'decoder',
  mirrored: true,
  activation: 'linear',
  weights: [],
  shared: null,
  parameterCount: 0,
} as const;

function outputLayer(doc: GraphDocument, inputs: readonly string[], { afterSum }: MirrorActivations): Layer {
  const shape = targetShape(doc.task, doc.data.shape);
  return {
    id: OUTPUT,
    blockId: null,
    type: 'output',
    half: 'decoder',
    mirrored: false,
    params: { activation: doc.output.activation, loss: briefLossSum(doc.output) },
    inputs,
    join: null,
    inputShape: shape,
    outputShape: shape,
    activation: afterSum ? doc.output.activation : 'linear',
    weights: [],
    shared: null,
    parameterCount: 0,
  };
}

function parameterCount(weights: Layer['weights']): number {
  return weights.reduce((sum, { shape, trainable = true }) => sum + (trainable ? valueCount(shape) : 0), 0);
}
