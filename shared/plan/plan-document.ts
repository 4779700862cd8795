import { augmentationProblems } from '../augmentation/augmentation';
import type { BlockDefinition } from '../blocks/block';
import { blockOf, blocks } from '../blocks/catalogue';
import { frozenCount } from '../blocks/freezing';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { lossOf } from '../losses/catalogue';
import { lossSum } from '../losses/loss-sum';
import { seenShape, targetShape, taskOf } from '../tasks/catalogue';
import { joinedShape } from '../tensors/join';
import { formatShape, type Shape, sameShape, valueCount } from '../tensors/shape';
import { assertPlan } from './assert-plan';
import { buildLayers } from './build-layers';
import { bypassProblems, withoutBypassed } from './bypass';
import { corruptionProblems } from './corruption-order';
import { differenceProblems } from './differences';
import { withNames } from './display-names';
import { type KnownShapes, knownShapes } from './known-shapes';
import { type MirrorActivations, mirrorActivations, OUTPUT } from './mirror';
import { parameterProblem } from './parameter-problem';
import type { Placement } from './placement';
import type { Layer, Plan } from './plan';
import { refusedShape } from './refused-shape';
import { sizeProblems } from './size-limits';
import { skipProblems, skipShapeProblems } from './skips';
import { stackProblem } from './stages';
import { targetShapes } from './target-shapes';
import { tiedProblems, tiedShapeProblems } from './tied';
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
 * parameter. Works on any drawing, however unfinished; what is wrong comes back as Problems. Bypassed blocks have shapes,
 * but no layers. Documents are never
 * changed in place, so the answer is remembered by identity.
 */
export function planDocument(doc: GraphDocument): PlannedDocument {
  const remembered = known.get(doc);
  if (remembered) return remembered;
  const planned = place(doc);
  known.set(doc, planned);
  return planned;
}

function place(drawn: GraphDocument): PlannedDocument {
  const doc = withoutBypassed(drawn);
  const wiring = wiringOf(doc);
  const activations = mirrorActivations(doc, wiring);
  const parameters = doc.blocks.flatMap(blockProblems);
  const { placements, problems: shapeProblems } = placeEncoder(doc, wiring, parameters);
  const targets = targetShapes(doc, placements, activations);
  const layers = buildLayers(doc, placements, targets, activations);
  const shapes = knownShapes(drawn, wiringOf(drawn), layers);
  const found: Problem[] = [
    ...wiring.problems,
    ...bypassProblems(drawn),
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
    ...targetProblems(doc, activations),
    ...trainingProblems(doc),
    ...augmentationProblems(doc.training.augmentation, doc.data.shape),
    ...frozenProblems(layers, placements),
    ...stackProblems(doc, layers),
  ];
  const problems = withNames(doc, found);
  const code = placements.find(({ definition }) => definition.role === 'code');
  if (problems.some(({ severity }) => severity === 'error') || !code) {
    return { plan: null, layers, shapes, problems };
  }
  const list = [...layers.values()];
  const plan: Plan = {
    layers: list,
    codeIndex: list.findIndex(({ half }) => half === 'code'),
    inputShape: seenShape(doc.task.kind, doc.data.shape),
    codeShape: code.outputShape,
    targetShape: targetShape(doc.task, doc.data.shape),
    outputShape: doc.data.shape,
    task: doc.task,
    seenId: seenId(doc, placements),
    outputActivation: doc.output.activation,
    losses: lossSum(doc.output),
    parameterCount: list.reduce((sum, layer) => sum + layer.parameterCount, 0),
  };
  assertPlan(plan);
  return { plan, layers, shapes, problems };
}

/**
 * What of a drawing does not fit together: wires, the kinds of shapes, and where samples are corrupted. A part of its
 * Problems, found without its decoder, for what is asked of many drawings at once.
 */
export function fittingProblems(drawn: GraphDocument): readonly Problem[] {
  const doc = withoutBypassed(drawn);
  const wiring = wiringOf(doc);
  const parameters = doc.blocks.flatMap(blockProblems);
  return [...wiring.problems, ...placeEncoder(doc, wiring, parameters).problems, ...corruptionProblems(doc)];
}

/** From here on, a step overshoots with any optimizer on data of any usual scale. */
const HIGH_LEARNING_RATE = 1;

function trainingProblems({ training: { learningRate } }: GraphDocument): Problem[] {
  if (!(learningRate > HIGH_LEARNING_RATE)) return [];
  return [problem('LEARNING_RATE_HIGH', { learningRate }, { path: 'training.learningRate' })];
}

function frozenProblems(layers: ReadonlyMap<string, Layer>, placements: readonly Placement[]): Problem[] {
  const list = [...layers.values()];
  const complete = placements.some(({ definition }) => definition.role === 'code');
  const total = list.reduce((sum, layer) => sum + layer.parameterCount, 0);
  return complete && frozenCount(list) === total ? [problem('NOTHING_TO_TRAIN', undefined)] : [];
}

function stackProblems(doc: GraphDocument, layers: ReadonlyMap<string, Layer>): Problem[] {
  const list = [...layers.values()];
  const refusal = list.some(({ half }) => half === 'code') ? stackProblem(doc, list) : null;
  return refusal ? [refusal] : [];
}

function taskProblems({ task, data, blocks }: GraphDocument): readonly Problem[] {
  return taskOf(task.kind).problems({
    shape: data.shape,
    inputId: blocks.find(({ type }) => blockOf(type)?.role === 'input')?.id,
    isCorrupted: blocks.some(({ type }) => blockOf(type)?.corrupts),
    isFiltered: data.filter !== undefined,
  });
}

/** Where the output has other channels than the input, one twin has to make it. */
function targetProblems({ task, data }: GraphDocument, { afterSum }: MirrorActivations): Problem[] {
  const [seen, target] = [seenShape(task.kind, data.shape), targetShape(task, data.shape)];
  if (!afterSum || sameShape(seen, target)) return [];
  const values = { input: formatShape(seen), target: formatShape(target) };
  return [problem('TARGET_BRANCHES', values, { nodeId: OUTPUT })];
}

/** The last of what stands between samples and encoder: the input where it gives out less than it is given, a corruption. */
function seenId({ task }: GraphDocument, placements: readonly Placement[]): string | null {
  const first = placements.findIndex(({ definition }, index) => index > 0 && !definition.corrupts);
  const last = placements[first - 1];
  if (!last || (last.definition.role === 'input' && taskOf(task.kind).sees === 'sample')) return null;
  return last.block.id;
}

const knownOfBlocks = new WeakMap<DocumentBlock, Problem[]>();

/** Unknown types and parameters out of range, wherever the block stands; remembered, as blocks are never changed in place. */
function blockProblems(block: DocumentBlock): Problem[] {
  const remembered = knownOfBlocks.get(block);
  if (remembered) return remembered;
  const problems = problemsOfBlock(block);
  knownOfBlocks.set(block, problems);
  return problems;
}

function problemsOfBlock(block: DocumentBlock): Problem[] {
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
  const shapes = new Map<string, Shape>();
  for (const block of wiring.encoder) {
    const definition = blockOf(block.type);
    const ids = wiring.sources.get(block.id) ?? [];
    const sources = ids.flatMap((id) => {
      const shape = shapes.get(id);
      return shape ? [{ id, shape }] : [];
    });
    // What lies behind a block with a Problem has no shapes.
    if (!definition || broken.has(block.id) || sources.length < ids.length) continue;
    const wireShape = shapeComingIn(doc, definition, sources);
    if (!wireShape) {
      problems.push(joinProblem(block.id, definition, sources));
      continue;
    }
    const entry = entryProblems(block, definition, wireShape);
    problems.push(...entry.problems);
    if (entry.problems.some(({ severity }) => severity === 'error')) continue;
    const { inputShape } = entry;
    const outputShape = definition.outputShape(block.params, inputShape);
    // Nothing in the decoder would bring back what such a block changed.
    if (definition.mirror === null && !sameShape(wireShape, outputShape)) {
      throw new Error(`${block.id} has no mirror, but makes ${outputShape} of ${wireShape}`);
    }
    placements.push({ block, definition, sources, wireShape, inputShape, outputShape });
    shapes.set(block.id, outputShape);
  }
  return { placements, problems };
}

/** The shape a block is brought, by one wire or by several that it joins; null where these do not fit. */
function shapeComingIn(
  doc: GraphDocument,
  { role, joins }: BlockDefinition,
  sources: Placement['sources'],
): Shape | null {
  if (role === 'input') return seenShape(doc.task.kind, doc.data.shape);
  const [first] = sources;
  return joins
    ? joinedShape(
        sources.map(({ shape }) => shape),
        joins,
      )
    : (first?.shape ?? null);
}

function joinProblem(id: string, { joins = 'add' }: BlockDefinition, sources: Placement['sources']): Problem {
  const shapes = sources.map(({ id: source, shape }) => `${formatShape(shape)} from ${source}`).join(', ');
  return problem('JOIN_SHAPES', { block: id, join: joins, shapes }, { nodeId: id });
}

/** What a block makes of the shape that comes along its wire: the shape it reads, and what is wrong with it. */
function entryProblems(block: DocumentBlock, definition: BlockDefinition, wireShape: Shape) {
  const refusal = refusedShape(definition, wireShape, block.id);
  if (refusal) return { inputShape: wireShape, problems: [refusal] };
  const inputShape =
    definition.accepts === 'vector' && wireShape.length !== 1 ? [valueCount(wireShape)] : wireShape;
  return { inputShape, problems: definition.problems(block.params, inputShape, block.id) };
}

function outputProblems({ output, data, task }: GraphDocument): readonly Problem[] {
  const shape = targetShape(task, data.shape);
  const kinds = lossSum(output).map(({ loss }) => loss);
  const twice = new Set(kinds.filter((kind, index) => kinds.indexOf(kind) !== index));
  return [
    ...[...twice].map((kind) =>
      problem('LOSS_TWICE', { loss: lossOf(kind).label }, { nodeId: OUTPUT, param: 'loss' }),
    ),
    ...[...new Set(kinds)].flatMap((kind) => lossOf(kind).problems(output.activation, OUTPUT, shape)),
  ];
}
