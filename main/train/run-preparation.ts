import { scalingOf } from '../../shared/document/data-reference';
import type { GraphDocument } from '../../shared/document/graph-document';
import { rangeProblems } from '../../shared/document/range-problems';
import { validateDocument } from '../../shared/document/validate';
import { problem } from '../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import type { Plan } from '../../shared/plan/plan';
import { planDocument } from '../../shared/plan/plan-document';
import { type Stage, stagesOf } from '../../shared/plan/stages';
import { sameShape, valueCount } from '../../shared/tensors/shape';
import type { Dataset, FittedScaling } from '../data/dataset';
import { constantPlaces, scaledBy, scaledDataset } from '../data/scaling';
import { shareOut } from '../data/share-out';

/** All that is settled before a run may start. */
export interface PreparedRun {
  /** The drawing with the data's shape in place of its own. */
  readonly document: GraphDocument;
  readonly plan: Plan;
  /** Of stacked pre-training; none where it is off. */
  readonly stages: readonly Stage[];
  /** Epochs of each stage. */
  readonly stageEpochs: number;
  /** What the user should know and may ignore. */
  readonly warnings: readonly Problem[];
  /** The data, scaled as the drawing says. */
  readonly dataset: Dataset;
  /** Row numbers of the training samples of each half. */
  readonly train: Int32Array;
  readonly validation: Int32Array;
  /** Row numbers of the training samples that the filter keeps out of both, for evaluation (`share-out.ts`). */
  readonly heldOut: Int32Array;
  readonly excluded: Int32Array;
  /** The document's batch size, or all training samples where there are fewer. */
  readonly batchSize: number;
  /** The size of an epoch's last batch where it is not whole, else 0. */
  readonly remainder: number;
  readonly stepsPerEpoch: number;
  /** Samples evaluated at a time. */
  readonly evaluationBatch: number;
  /** Whether what stands in the place of data are none. */
  readonly withoutData: boolean;
}

/** Of a model that was trained on other data than those at hand. */
export interface TrainedElsewhere {
  /** How samples were scaled for it; null where they were left as they are. */
  readonly scaling: FittedScaling | null;
  /** Of its training. */
  readonly stepsPerEpoch: number;
  /** Whether there are no data at all: nothing is asked of those that stand in their place. */
  readonly withoutData: boolean;
}

/**
 * Plans the drawing for the data, shares the samples out and scales them: as the drawing says, or as the model was trained, which
 * knew neither these samples nor what of them was to be left out.
 *
 * @throws ProblemError with every Problem that keeps the run from starting
 */
export function prepareRun(
  drawn: GraphDocument,
  loaded: Dataset,
  elsewhere: TrainedElsewhere | null = null,
): PreparedRun {
  const shape = loaded.train.shape;
  const drawing = elsewhere ? withoutFilter(drawn) : drawn;
  const document = sameShape(drawing.data.shape, shape)
    ? drawing
    : { ...drawing, data: { ...drawing.data, shape } };
  const { batchSize: wanted } = document.training;
  const rows = shareOut(loaded, document.data.filter, document.training);
  const { train, validation, heldOut, excluded } = rows;
  const dataset = elsewhere
    ? scaledBy(elsewhere.scaling, loaded)
    : scaledDataset(loaded, scalingOf(document.data), train);
  const batchSize = Math.min(wanted, train.length);
  const problems = [
    ...validateDocument(document),
    ...rangeProblems(document, { range: dataset.range, dtype: dataset.train.dtype }),
    ...(elsewhere ? [] : scalingProblems(document, loaded, train)),
  ];
  if (batchSize < wanted) {
    const values = { batchSize: wanted, samples: train.length };
    const found = problem('BATCH_CLAMPED', values, { path: 'training.batchSize' });
    problems.push({ ...found, remedy: { batchSize } });
  }
  const [first, ...others] = problems.filter(({ severity }) => severity === 'error');
  if (first) throw new ProblemError(first, ...others);
  const { plan } = planDocument(document);
  if (!plan) throw new Error('A drawing without errors has no plan.');
  const stageEpochs = document.training.pretraining?.epochs ?? 0;
  const mostEvaluated = Math.max(
    // Where nothing is held out, training samples are encoded, to be shown.
    validation.length > 0 ? validation.length : train.length,
    heldOut.length,
    excluded.length,
    dataset.test?.count ?? 0,
    // Of other data there may be many.
    elsewhere ? MOST_EVALUATED : 0,
  );
  return {
    document,
    plan,
    stages: stageEpochs > 0 ? stagesOf(plan) : [],
    stageEpochs,
    warnings: problems,
    dataset,
    ...rows,
    batchSize,
    remainder: train.length % batchSize,
    stepsPerEpoch: elsewhere?.stepsPerEpoch ?? Math.ceil(train.length / batchSize),
    withoutData: elsewhere?.withoutData ?? false,
    evaluationBatch: evaluationBatchFor(plan, batchSize, mostEvaluated),
  };
}

function withoutFilter(document: GraphDocument): GraphDocument {
  const { filter: _, ...data } = document.data;
  return { ...document, data };
}

/** Columns that a sentence names. */
const COLUMNS_NAMED = 5;

/** What scaling can't do: bytes have a scale already, and a column that never changes has no spread. */
function scalingProblems(
  { data }: GraphDocument,
  { train, columns }: Dataset,
  rows: Int32Array,
): readonly Problem[] {
  const scaling = scalingOf(data);
  if (train.dtype === 'uint8') {
    return scaling === 'none' ? [] : [problem('SCALING_BYTES', { scaling }, { path: 'data.scaling' })];
  }
  if (!columns || train.shape.length !== 1 || rows.length < 2) return [];
  const constant = constantPlaces(train, rows);
  if (constant.length === 0) return [];
  const names = constant.slice(0, COLUMNS_NAMED).map((place) => `“${columns.used[place]}”`);
  const values = {
    columns: `${names.join(', ')}${constant.length > COLUMNS_NAMED ? ', …' : ''}`,
    amount: constant.length,
    value: String(train.values[rows[0]! * columns.used.length + constant[0]!]),
    scaled: scaling !== 'none',
  };
  const found = problem('TABLE_CONSTANT_COLUMNS', values, { path: 'data.columns' });
  const left = new Set(constant);
  const kept = columns.used.filter((_, place) => !left.has(place));
  return [kept.length > 0 ? { ...found, remedy: { columns: kept } } : found];
}

const MOST_EVALUATED = 500;
/** Values of the widest layer that are held at once in evaluation, unless a training batch holds more anyway. */
const EVALUATION_VALUES = 4 * 1024 * 1024;

/** How many samples are evaluated at a time, of so many: more where the layers are narrow, at most 500. */
export function evaluationBatchFor(plan: Plan, batchSize: number, samples: number): number {
  const widest = Math.max(...plan.layers.map(({ outputShape }) => valueCount(outputShape)));
  const fitting = Math.max(Math.floor(EVALUATION_VALUES / widest), Math.min(batchSize, MOST_EVALUATED), 1);
  return Math.max(1, Math.min(MOST_EVALUATED, fitting, samples));
}
