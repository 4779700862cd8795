import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import { sameShape } from '../../shared/tensors/shape';
import { weightState } from '../compile/weight-state';
import { reconstructionPicture } from '../train/reconstruction-picture';
import { spreadOfCodes } from '../train/run-codes';
import type { TrainingRun } from '../train/training-run';
import type { ModelHistory, ModelMetrics } from './model-file';
import type { ModelToSave } from './model-file-writer';
import { planOfModel } from './model-plan';
import { type ModelState, trainingState } from './model-state';
import type { Preprocessing, TrainedModel } from './trained-model';
import { weightProblems } from './weight-problems';

/** What is known of a run beside itself. */
export interface RunToSave {
  readonly run: TrainingRun;
  /** The drawing as it is saved: its blocks may lie elsewhere, and its training be set otherwise, than when it was trained. */
  readonly document: GraphDocument;
  readonly losses: Pick<ModelHistory, 'losses' | 'lossSteps'>;
  readonly metrics: ModelMetrics;
  /** The version of Hourglass. */
  readonly app: string;
  /** Whether a picture of samples and reconstructions goes along. */
  readonly pictures: boolean;
}

/** What a run does to samples before its model sees them. */
function preprocessingOf({ dataset: { scaling, columns, train } }: TrainingRun): Preprocessing {
  return { dtype: train.dtype, scaling: scaling ?? null, columns: columns?.used ?? null };
}

/**
 * A run that rests, as a trained model. @param document as it was trained
 *
 * @throws ProblemError MODEL_RUN_GOING_ON, and as `TrainingRun.weights`
 */
export async function trainedModelOf(run: TrainingRun, document: GraphDocument): Promise<TrainedModel> {
  assertRests(run);
  return { document, weights: await run.weights(), preprocessing: preprocessingOf(run) };
}

/** @throws ProblemError MODEL_RUN_GOING_ON where a run's weights change */
export function assertRests(run: TrainingRun): void {
  const { state } = run.summary();
  if (state !== 'starting' && state !== 'running') return;
  throw new ProblemError(problem('MODEL_RUN_GOING_ON', undefined));
}

/**
 * A run that rests, as a model to save.
 *
 * @throws ProblemError MODEL_UNFIT where its weights are not those that the drawing has, and as `TrainingRun.checkpoint`
 */
export async function modelOfRun(known: RunToSave): Promise<ModelToSave> {
  const { run, document, losses, metrics, app, pictures } = known;
  const plan = planOfModel({ document });
  const { progress, state, bestState } = await run.checkpoint();
  const names = new Set(weightState(plan).map(({ name }) => name));
  const ofPlan = new Set(run.weightNames);
  const weights = new Map([...state].filter(([name]) => ofPlan.has(name) || names.has(name)));
  assertFit(weightProblems(plan, weights));
  const { name, fingerprint } = run.dataset;
  const { engine, documentHash } = run.summary();
  return {
    document,
    weights,
    preprocessing: preprocessingOf(run),
    state: fittingState({ progress, state, bestState }, document),
    history: { epochs: run.history().epochs, ...losses },
    metrics: { ...metrics, ...(await codesOf(run)) },
    thumbnail: pictures ? await pictureOf(run) : null,
    manifest: {
      app,
      engine: { name: engine.name, version: engine.version, threads: engine.threads },
      trained: documentHash,
      data: { name, fingerprint },
    },
  };
}

/** @throws ProblemError MODEL_UNFIT with the first of these Problems, where there are any */
export function assertFit([first]: readonly Problem[]): void {
  if (first) throw new ProblemError(problem('MODEL_UNFIT', { reason: first.message }));
}

/** What training goes on from, where a drawing's optimizer keeps just that; null where it keeps something else. */
export function fittingState(state: ModelState | null, document: GraphDocument): ModelState | null {
  if (!state) return null;
  const { optimizer } = document.training;
  const needed = trainingState(planOfModel({ document }), optimizer);
  const fits =
    needed.length === state.state.size &&
    needed.every(({ name, shape }) => sameShape(state.state.get(name)?.shape ?? [-1], shape));
  return fits ? state : null;
}

/** How a run's codes are spread; nothing where the engine refuses to tell, as the weights are worth saving all the same. */
async function codesOf(run: TrainingRun): Promise<Pick<ModelMetrics, 'codes'>> {
  try {
    const { mean, deviation } = spreadOfCodes(run.latestCodes ?? (await run.codeSnapshot()));
    return mean.every(Number.isFinite) ? { codes: { mean: [...mean], deviation: [...deviation] } } : {};
  } catch (error) {
    if (error instanceof ProblemError) return {};
    throw error;
  }
}

/** Samples that were not trained on, over what a run that rests makes of them (PNG). */
export async function pictureOf(run: TrainingRun): Promise<Uint8Array> {
  const { originals, seen, reconstructions } = await run.reconstructions();
  return reconstructionPicture([originals, ...(seen ? [seen] : []), reconstructions]);
}
