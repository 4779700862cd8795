import type { BlockDefinition, LayerRule, TiedRule } from '../blocks/block';
import { blockOf, blocks } from '../blocks/catalogue';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { lossOf } from '../losses/catalogue';
import { seenShape, taskOf } from '../tasks/catalogue';
import { joinedShape } from '../tensors/join';
import { formatShape, type Shape, sameShape, valueCount } from '../tensors/shape';
import { assertPlan } from './assert-plan';
import { corruptionProblems } from './corruption-order';
import { differenceProblems } from './differences';
import { type KnownShapes, knownShapes } from './known-shapes';
import {
  flattenId,
  isActivation,
  type MirrorActivations,
  mirrorActivations,
  OUTPUT,
  twinId,
  twinParameters,
} from './mirror';
import { parameterProblem } from './parameter-problem';
import type { Placement } from './placement';
import type { Layer, Plan } from './plan';
import { sizeProblems } from './size-limits';
import { skipOf, skipProblems, skipShapeProblems } from './skips';
import { type TargetShapes, targetShapes } from './target-shapes';
import { isTied, tiedProblems, tiedShapeProblems } from './tied';
import { type Wiring, wiringOf } from './wiring';

export interface PlannedDocument {
  /** Null while any Problem is an error. */
  readonly plan: Plan | null;
  /** Every layer whose shapes could be found, also in an unfinished drawing, encoder first. */
  readonly layers: ReadonlyMap<string, Layer>;
  /** Of every node of the canvas, as far as they can be told. */
  readonly shapes: ReadonlyMap<string, KnownShapes>;
  readonly problems: readonly Problem[];
}

const known = new WeakMap<GraphDocument, PlannedDocument>();

/**
 * Places every block of a drawing: finds shapes from the input on, derives the decoder, resolves every
 * parameter. Works on any drawing, however unfinished; what is wrong comes back as Problems. Documents are never
 * changed in place, so the answer is remembered by identity.
 */
export function planDocument(doc: GraphDocument): PlannedDocument {
  const remembered = known.get(doc);
  if (remembered) return remembered;
  const planned = place(doc);
  known.set(doc, planned);
  return planned;
}

function place(doc: GraphDocument): PlannedDocument {
  const wiring = wiringOf(doc);
  const activations = mirrorActivations(doc, wiring);
  const parameters = doc.blocks.flatMap(blockProblems);
  const { placements, problems: shapeProblems } = placeEncoder(doc, wiring, parameters);
  const targets = targetShapes(doc, placements, activations);
  const layers = buildLayers(doc, placements, targets, activations);
  const shapes = knownShapes(doc, wiring, layers);
  const problems: Problem[] = [
    ...wiring.problems,
    ...parameters,
    ...differenceProblems(doc, wiring, activations),
    ...skipProblems(doc, wiring),
    ...tiedProblems(doc, wiring),
    ...shapeProblems,
    ...skipShapeProblems(doc, placements, targets),
    ...tiedShapeProblems(doc, placements, targets),
    ...sizeProblems(doc, layers),
    ...outputProblems(doc),
    ...taskProblems(doc),
    ...corruptionProblems(doc),
    ...trainingProblems(doc),
  ];
  const code = placements.at(-1);
  if (problems.some(({ severity }) => severity === 'error') || !code) {
    return { plan: null, layers, shapes, problems };
  }
  const list = [...layers.values()];
  const plan: Plan = {
    layers: list,
    codeIndex: list.findIndex(({ half }) => half === 'code'),
    inputShape: seenShape(doc.task.kind, doc.data.shape),
    codeShape: code.outputShape,
    outputShape: doc.data.shape,
    task: doc.task.kind,
    seenId: seenId(doc, placements),
    outputActivation: doc.output.activation,
    loss: doc.output.loss,
    parameterCount: list.reduce((sum, layer) => sum + layer.parameterCount, 0),
  };
  assertPlan(plan);
  return { plan, layers, shapes, problems };
}

/** From here on, a step overshoots with any optimizer on data of any usual scale. */
const HIGH_LEARNING_RATE = 1;

function trainingProblems({ training: { learningRate } }: GraphDocument): Problem[] {
  if (!(learningRate > HIGH_LEARNING_RATE)) return [];
  return [problem('LEARNING_RATE_HIGH', { learningRate }, { path: 'training.learningRate' })];
}

function taskProblems({ task, data, blocks }: GraphDocument): readonly Problem[] {
  return taskOf(task.kind).problems({
    shape: data.shape,
    inputId: blocks.find(({ type }) => blockOf(type)?.role === 'input')?.id,
    isCorrupted: blocks.some(({ type }) => blockOf(type)?.corrupts),
    isFiltered: 'filter' in data && data.filter !== undefined,
  });
}

/** The last of what stands between samples and encoder: the input where it gives out less than it is given, a corruption. */
function seenId({ task }: GraphDocument, placements: readonly Placement[]): string | null {
  const first = placements.findIndex(({ definition }, index) => index > 0 && !definition.corrupts);
  const last = placements[first - 1];
  if (!last || (last.definition.role === 'input' && taskOf(task.kind).sees === 'sample')) return null;
  return last.block.id;
}

/** Unknown types and parameters out of range, wherever the block stands. */
function blockProblems(block: DocumentBlock): Problem[] {
  const definition = blockOf(block.type);
  if (!definition) {
    const values = { type: block.type, known: blocks.map(({ type }) => type).join(', ') };
    return [problem('UNKNOWN_BLOCK', values, { nodeId: block.id })];
  }
  return Object.entries(definition.params).flatMap(([param, entry]) => {
    const wrong = parameterProblem(block.id, entry, block.params[param], { nodeId: block.id, param });
    return wrong ? [wrong] : [];
  });
}

function placeEncoder(doc: GraphDocument, wiring: Wiring, parameters: readonly Problem[]) {
  const broken = new Set(parameters.map(({ where }) => where?.nodeId));
  const placements: Placement[] = [];
  const problems: Problem[] = [];
  let shape = seenShape(doc.task.kind, doc.data.shape);
  for (const block of wiring.chain) {
    const definition = blockOf(block.type);
    if (!definition || broken.has(block.id)) break;
    const wrong = entryProblems(block, definition, shape);
    problems.push(...wrong.problems);
    if (wrong.problems.some(({ severity }) => severity === 'error')) break;
    const outputShape = definition.outputShape(block.params, wrong.inputShape);
    // Nothing in the decoder would bring back what such a block changed.
    if (definition.mirror === null && !sameShape(shape, outputShape)) {
      throw new Error(`${block.id} has no mirror, but makes ${outputShape} of ${shape}`);
    }
    placements.push({ block, definition, wireShape: shape, inputShape: wrong.inputShape, outputShape });
    shape = outputShape;
  }
  return { placements, problems };
}

/** What a block makes of the shape that comes along its wire: the shape it reads, and what is wrong with it. */
function entryProblems(block: DocumentBlock, definition: BlockDefinition, wireShape: Shape) {
  if (definition.accepts === 'picture' && wireShape.length !== 3) {
    const values = { block: definition.label, shape: describeShape(wireShape) };
    return { inputShape: wireShape, problems: [problem('NEEDS_PICTURE', values, { nodeId: block.id })] };
  }
  const inputShape =
    definition.accepts === 'vector' && wireShape.length !== 1 ? [valueCount(wireShape)] : wireShape;
  return { inputShape, problems: definition.problems(block.params, inputShape, block.id) };
}

/** `a vector of 784 values`, `28×28×1`. */
export function describeShape(shape: Shape): string {
  return shape.length === 1 ? `a vector of ${formatShape(shape)} values` : formatShape(shape);
}

function buildLayers(
  doc: GraphDocument,
  placements: readonly Placement[],
  targets: ReadonlyMap<string, TargetShapes>,
  activations: MirrorActivations,
) {
  const layers = new Map<string, Layer>();
  const add = (layer: Layer) => {
    layers.set(layer.id, layer);
    return layer.id;
  };
  let before: string | null = null;
  const inputs = (): string[] => (before === null ? [] : [before]);
  for (const placement of placements) {
    const { block, wireShape, inputShape } = placement;
    if (wireShape !== inputShape) {
      before = add(rearrangement(flattenId(block.id), 'flatten', block.id, inputs(), wireShape, inputShape));
    }
    before = add(encoderLayer(placement, inputs()));
  }
  const complete = placements.at(-1)?.definition.role === 'code';
  if (!complete) before = null;
  for (const placement of placements.toReversed()) {
    const { block, definition, wireShape, inputShape } = placement;
    if (definition.role === 'input') {
      if (complete) before = add(outputLayer(doc, inputs()));
      continue;
    }
    if (!definition.mirror) continue;
    const target = targets.get(block.id) ?? placement;
    before = add(twinLayer(doc, placement, target, definition.mirror, inputs(), activations));
    if (wireShape !== inputShape) {
      const id = twinId(flattenId(block.id));
      before = add(rearrangement(id, 'reshape', block.id, inputs(), target.inputShape, target.wireShape));
    }
  }
  return layers;
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
    join: null,
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
  return {
    id,
    blockId,
    type,
    half: mirrored ? 'decoder' : 'encoder',
    mirrored,
    params: {},
    inputs,
    join: null,
    inputShape,
    outputShape,
    activation: 'linear',
    weights: [],
    shared: null,
    parameterCount: 0,
  };
}

function outputLayer(doc: GraphDocument, inputs: readonly string[]): Layer {
  return {
    id: OUTPUT,
    blockId: null,
    type: 'output',
    half: 'decoder',
    mirrored: false,
    params: { ...doc.output },
    inputs,
    join: null,
    inputShape: doc.data.shape,
    outputShape: doc.data.shape,
    activation: 'linear',
    weights: [],
    shared: null,
    parameterCount: 0,
  };
}

function parameterCount(weights: Layer['weights']): number {
  return weights.reduce((sum, { shape, trainable = true }) => sum + (trainable ? valueCount(shape) : 0), 0);
}

function outputProblems({ output }: GraphDocument): readonly Problem[] {
  return lossOf(output.loss).problems(output.activation, OUTPUT);
}
