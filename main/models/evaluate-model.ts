import type { Measured } from '../../shared/measures/catalogue';
import type { Plan } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import { measuringProgram } from '../compile/evaluation-programs';
import { type Dataset, peakOf, type SampleArray } from '../data/dataset';
import { allRows } from '../data/sample-rows';
import { rangeOf } from '../data/value-range';
import type { Executor, ModelSession } from '../execute/executor';
import { CorruptedRows } from '../train/corrupted-rows';
import { evaluateSamples, type FullMetrics, type Go } from '../train/evaluation';
import { anomaliesIn, type EvaluatedGroup, lastEvaluation } from '../train/last-evaluation';
import { type PcaLine, pcaLine } from '../train/pca-line';
import { evaluationBatchFor, type PreparedRun, prepareRun } from '../train/run-preparation';
import { planOfModel } from './model-plan';
import { SampleFitting } from './sample-fitting';
import type { Preprocessing, TrainedModel } from './trained-model';
import { assertWeights } from './weight-problems';

/** Samples that a model was measured on. */
interface MeasuredGroup {
  /** `training`, `validation`, `test`, `heldOut`, `excluded`; of other data `samples` and `test`. */
  readonly name: string;
  readonly count: number;
  readonly metrics: FullMetrics;
  /** PCA's with as many components as the code has values, where it was found. */
  readonly pca?: Measured;
}

export interface ModelEvaluation {
  readonly groups: readonly MeasuredGroup[];
  /** How well errors tell what the data's filter left out from the rest, and how well PCA's do. */
  readonly anomalies?: ReturnType<typeof anomaliesIn> & { readonly pcaAuc?: number };
  /** Of PCA, where it was fitted. */
  readonly components?: number;
}

/** Samples in evaluation's batches, unless the model is wide. */
const BATCH = 500;

/**
 * Every measure of a model on the data that it was trained on, shared out as training shared them out, and PCA beside it: the
 * figures of the run itself.
 *
 * @param loaded those data, as they are in their files
 * @returns null where `go` said no
 * @throws ProblemError where the data no longer fit the model
 */
export async function evaluateOnOwn(
  executor: Executor,
  model: TrainedModel,
  loaded: Dataset,
  { pca, signal, go }: { readonly pca: boolean; readonly signal: AbortSignal; readonly go: Go },
): Promise<ModelEvaluation | null> {
  const prepared = prepareRun(model.document, loaded);
  const dataset = fittedDataset(loaded, prepared.plan, model.preprocessing);
  const run: PreparedRun = { ...prepared, dataset };
  const session = await measuringSession(executor, model, run.plan, dataset.train.dtype, run.evaluationBatch);
  try {
    const { train: rows, plan, evaluationBatch: batch, document } = run;
    const asked = { batch, seed: document.training.seed, peak: peakOf(dataset), task: plan.task.kind };
    const training = await evaluateSamples(session, { samples: dataset.train, rows, ...asked }, go);
    const groups = training && (await lastEvaluation(session, run, go));
    if (!training || !groups) return null;
    const line = pca ? await lineFor(executor, run, signal) : null;
    const anomalies = anomaliesIn(groups);
    const told = groups.map((group) => measured(group, line));
    return {
      groups: [{ name: 'training', count: rows.length, metrics: training.metrics }, ...told],
      ...(anomalies && { anomalies: { ...anomalies, ...(line?.auc !== undefined && { pcaAuc: line.auc }) } }),
      ...(line && { components: line.components }),
    };
  } finally {
    await session.dispose();
  }
}

/**
 * Every measure of a model on all samples of other data.
 *
 * @returns null where `go` said no
 * @throws ProblemError where they do not fit the model
 */
export async function evaluateOnOther(
  executor: Executor,
  model: TrainedModel,
  loaded: Dataset,
  go: Go,
): Promise<ModelEvaluation | null> {
  const plan = planOfModel(model);
  const dataset = fittedDataset(loaded, plan, model.preprocessing);
  const batch = evaluationBatchFor(plan, BATCH, BATCH);
  const session = await measuringSession(executor, model, plan, dataset.train.dtype, batch);
  const { seed } = model.document.training;
  try {
    const groups: MeasuredGroup[] = [];
    for (const [name, samples] of [['samples', dataset.train] as const, ['test', dataset.test] as const]) {
      if (!samples) continue;
      const rows = allRows(samples);
      const asked = { samples, rows, batch, seed, peak: peakOf(dataset), task: plan.task.kind };
      const evaluation = await evaluateSamples(session, asked, go);
      if (!evaluation) return null;
      groups.push({ name, count: rows.length, metrics: evaluation.metrics });
    }
    return { groups };
  } finally {
    await session.dispose();
  }
}

function measured({ name, rows, metrics }: EvaluatedGroup, line: PcaLine | null): MeasuredGroup {
  const pca = name === 'validation' ? line?.validation : name === 'test' ? line?.test : null;
  return { name, count: rows.length, metrics, ...(pca && { pca: pca.measures }) };
}

function measuringSession(
  executor: Executor,
  { weights }: TrainedModel,
  plan: Plan,
  dtype: SampleArray['dtype'],
  evaluationBatch: number,
): Promise<ModelSession> {
  assertWeights(plan, weights);
  const { parts, partsApart } = executor;
  return executor.load(
    measuringProgram(plan, { sample: { dtype }, evaluationBatch, parts, partsApart }),
    weights,
  );
}

/** The data as the model sees them, by its own scaling. @throws ProblemError where they do not fit it */
function fittedDataset(loaded: Dataset, plan: Plan, preprocessing: Preprocessing): Dataset {
  const fitted = (samples: SampleArray): SampleArray => {
    const fitting = new SampleFitting({ ...samples, name: loaded.name }, plan, preprocessing);
    const values = fitting.fit(samples);
    const dtype = values instanceof Uint8Array ? 'uint8' : 'float32';
    return { ...samples, dtype, shape: plan.outputShape, values };
  };
  const { scaling } = preprocessing;
  const [train, test] = [fitted(loaded.train), loaded.test && fitted(loaded.test)];
  return {
    ...loaded,
    train,
    test,
    ...(scaling && { scaling, range: rangeOf(test ? [train, test] : [train]) }),
  };
}

/** PCA's errors; null where the encoder is given less than PCA can be. */
function lineFor(executor: Executor, run: PreparedRun, signal: AbortSignal): Promise<PcaLine> | null {
  const { plan, dataset, train, validation, heldOut, excluded } = run;
  const isCorrupted = CorruptedRows.areGiven(plan);
  if (plan.seenId !== null && !isCorrupted) return null;
  const components = valueCount(plan.codeShape);
  const wanted = { dataset, train, validation, heldOut, excluded, components, losses: plan.losses };
  return pcaLine(
    { ...wanted, ...(isCorrupted && { corrupted: () => CorruptedRows.open(executor, run) }) },
    signal,
  );
}
