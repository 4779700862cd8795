import type { ParameterValue } from '../../shared/blocks/parameter';
import type { DataReference, DocumentBlock, GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { tidy } from '../../shared/document/tidy';
import { problem } from '../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import { mirrorActivations, twinId } from '../../shared/plan/mirror';
import { planDocument } from '../../shared/plan/plan-document';
import { wiringOf } from '../../shared/plan/wiring';
import { formatShape, type Shape, sameShape, valueCount } from '../../shared/tensors/shape';
import { weightState } from '../compile/weight-state';
import type { Tensor } from '../execute/executor';
import type { TrainedModel } from '../models/trained-model';
import { decoderSteps } from './decoder-steps';
import { blockFor, type DrawnBlock } from './draw-block';
import { encoderSteps } from './encoder-steps';
import { type CodeCandidate, codeCandidates } from './find-code';
import type { ForeignModel } from './foreign-layer';
import { asSeries, joinBorders, scalingsBetween } from './join-borders';
import { matchMirror } from './mirror-match';
import { throwProblems } from './refusal';
import { type Order, settleOrder } from './settle-order';

/** A foreign model as a drawing with its weights. */
export interface DrawnModel {
  readonly model: TrainedModel;
  /** What in it is not as the file has it, and what was chosen; sentences for the user. */
  readonly notes: readonly string[];
  /** Where the values of a sample of the drawing stand in one of the file's model: place p there is `order[p]` here. */
  readonly order: Order;
  /** What the file's model does to a sample before all else; its own samples are unscaled. */
  readonly rescale: { readonly scale: number; readonly offset: number } | null;
}

/**
 * Draws a foreign model: finds its code, holds its second half against the mirror of the first, and brings its weights into
 * our order.
 *
 * @throws ProblemError that names every layer in the way
 */
export function drawModel(foreign: ForeignModel): DrawnModel {
  const settled = settleOrder(foreign.inputShape, foreign.layers);
  const output = foreign.layers.at(-1)?.outputShape ?? [];
  if (valueCount(output) !== valueCount(foreign.inputShape)) {
    const values = { input: formatShape(foreign.inputShape), output: formatShape(output) };
    throw new ProblemError(problem('IMPORT_OUTPUT_SHAPE', values));
  }
  const isSeries = settled.inputShape.length === 2;
  const layers = scalingsBetween(isSeries ? asSeries(settled.layers) : settled.layers);
  const candidates = codeCandidates(joinBorders(layers));
  if (candidates.length === 0) {
    const why = 'no layer in its middle is narrow enough';
    throw new ProblemError(problem('IMPORT_NO_CODE', { why }));
  }
  const refusals: ProblemError[] = [];
  for (const candidate of candidates) {
    try {
      const drawn = drawWith(foreign, candidate, settled.inputShape);
      const notes = [...drawn.notes, ...codeNotes(candidates, candidate)];
      return { ...drawn, notes, order: settled.order };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      refusals.push(error);
    }
  }
  // The place with the least in its way is the one that was meant.
  throw refusals.reduce((least, other) => (other.problems.length < least.problems.length ? other : least));
}

function drawWith(
  foreign: ForeignModel,
  { layers, index }: CodeCandidate,
  input: Shape,
): Omit<DrawnModel, 'order'> {
  const encoder = encoderSteps(input, layers.slice(0, index + 1));
  const last = encoder.steps.at(-1);
  if (last?.layer.kind !== 'dense') throw new Error('The code is a dense layer.');
  const decoder = decoderSteps({ layer: last.layer, activation: last.activation }, layers.slice(index + 1));
  const code = { ...last, layer: decoder.code.layer, activation: decoder.code.activation } as typeof last;
  const steps = [...encoder.steps.slice(0, -1), code];
  const { pairs, problems } = matchMirror(steps, decoder.steps);
  throwProblems([...problems, ...scalingProblems(encoder.rescale, decoder.rescale)]);
  const counts = new Map<string, number>();
  const drawn = steps.map((step, place) => {
    const pair = pairs.find(({ encoder: of }) => of === step) ?? null;
    return blockFor(step, pair, place === steps.length - 1, counts);
  });
  const document = documentOf(foreign, drawn, encoder.inputShape);
  const scaled = encoder.rescale;
  return {
    model: { document, weights: weightsFor(document, drawn), preprocessing: preprocessingOf(scaled) },
    notes: [
      ...decoder.notes,
      ...drawn.flatMap(({ notes }) => notes),
      ...inputNotes(foreign, document.data),
      ...(scaled
        ? [
            `The model scales its samples itself (x · ${brief(scaled.scale)} + ${brief(scaled.offset)}); here, the data’s scaling does.`,
          ]
        : []),
    ],
    rescale: scaled,
  };
}

const brief = (value: number) => Number(value.toPrecision(6));

type Rescale = DrawnModel['rescale'];

/** What was scaled at the beginning may be scaled back at the end, and nothing else. */
function scalingProblems(before: Rescale, after: Rescale): Problem[] {
  if (!after) return [];
  const isBack =
    before !== null &&
    Math.abs(before.scale * after.scale - 1) < 1e-4 &&
    Math.abs(before.offset * after.scale + after.offset) < 1e-4;
  if (isBack) return [];
  const expected = before ? 'the scaling of its samples undone' : 'no scaling, as samples are not scaled';
  const got = `x · ${brief(after.scale)} + ${brief(after.offset)}`;
  return [problem('IMPORT_MIRROR', { block: 'the input', expected, got })];
}

function preprocessingOf(rescale: Rescale): TrainedModel['preprocessing'] {
  if (!rescale) return { dtype: 'float32', scaling: null, columns: null };
  const { scale, offset } = rescale;
  if (Math.abs(scale * 255 - 1) < 1e-6 && offset === 0)
    return { dtype: 'uint8', scaling: null, columns: null };
  const scaling = { kind: 'standardise', offset: [-offset / scale], factor: [scale] } as const;
  return { dtype: 'float32', scaling, columns: null };
}

function documentOf(foreign: ForeignModel, drawn: readonly DrawnBlock[], inputShape: Shape): GraphDocument {
  const empty = emptyDocument();
  const blocks: DocumentBlock[] = [newBlock('input', 'input'), ...drawn.map(({ block }) => block)];
  const wires = blocks.slice(1).map(({ id }, place) => ({ from: blocks[place]?.id ?? '', to: id }));
  const bare: GraphDocument = { ...empty, name: foreign.name, data: dataOf(inputShape), blocks, wires };
  const { outputMaker } = mirrorActivations(bare, wiringOf(bare));
  const maker = drawn.find(({ block }) => block.id === outputMaker);
  const activation = maker?.twin?.activation ?? 'linear';
  const loss = foreign.loss ?? (activation === 'sigmoid' ? 'bce' : 'mse');
  const output = { activation, loss: loss === 'bce' && activation !== 'sigmoid' ? 'mse' : loss } as const;
  const differences = drawn.flatMap(({ block, twin }): [string, Record<string, ParameterValue>][] => {
    if (!twin) return [];
    const { useBias, activation: own } = twin;
    return [[twinId(block.id), block.id === outputMaker ? { useBias } : { activation: own, useBias }]];
  });
  // What the mirror says anyway is dropped.
  return tidy({ ...bare, output, decoder: Object.fromEntries(differences) });
}

/** Data of that shape: built-in ones where there are, else a file that is yet to be chosen. */
function dataOf(shape: Shape): DataReference {
  const own = emptyDocument().data;
  if (sameShape(shape, own.shape)) return own;
  return { kind: 'npy', path: 'samples.npy', ...(shape.length === 2 ? { series: true } : {}), shape };
}

function inputNotes(foreign: ForeignModel, data: DataReference): string[] {
  const shape = formatShape(data.shape);
  return [
    ...(sameShape(foreign.inputShape, data.shape)
      ? []
      : [`Samples are ${shape} here, where the model has ${formatShape(foreign.inputShape)}.`]),
    data.kind === 'builtin'
      ? 'Its data are not in the file; the built-in set of this shape stands in for them.'
      : `Its data are not in the file; choose samples of ${shape} for it.`,
  ];
}

function codeNotes(candidates: readonly CodeCandidate[], { layers, index, putIn }: CodeCandidate): string[] {
  if (putIn > 0) {
    return [
      `The model’s narrowest place, ${putIn} values, has no dense layer: a code that hands on every value as it is was put there.`,
    ];
  }
  if (candidates.length < 2) return [];
  return [
    `Several layers could be the code; “${layers[index]?.name}” was taken, as the rest mirrors around it.`,
  ];
}

/** The weights under the names of the plan. Throws where one is missing or of another shape, which would be our fault. */
function weightsFor(document: GraphDocument, drawn: readonly DrawnBlock[]): ReadonlyMap<string, Tensor> {
  const { plan, problems } = planDocument(document);
  if (!plan) throwProblems(problems.filter(({ severity }) => severity === 'error'));
  const found = new Map(drawn.flatMap(({ weights }) => [...weights]));
  const weights = new Map<string, Tensor>();
  for (const { name, shape } of plan ? weightState(plan) : []) {
    const data = found.get(name);
    if (data?.length !== valueCount(shape))
      throw new Error(`${name} should be ${shape}, got ${data?.length} numbers`);
    weights.set(name, { dtype: 'float32', shape, data });
  }
  return weights;
}
