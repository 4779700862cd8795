import { compile } from '../compile/compile';
import { initialState } from '../compile/initial-state';
import type { Executor, Tensor } from '../execute/executor';
import type { Go } from './evaluation';
import { ReleasableSession } from './releasable-session';
import type { PreparedRun } from './run-preparation';

interface ModelToLoad {
  readonly executor: Executor;
  /** How many samples `reconstruct` takes at a time. */
  readonly reconstructBatch: number;
  readonly threads: number | undefined;
  /** All that the model begins with; fresh weights unless told. */
  readonly state: ReadonlyMap<string, Tensor> | undefined;
  /** Weights in place of fresh ones, where there is no state. */
  readonly weights: ReadonlyMap<string, Tensor> | undefined;
}

/** A model in an engine. */
export interface LoadedModel {
  readonly session: ReleasableSession;
  /** What it begins with. */
  readonly state: ReadonlyMap<string, Tensor>;
  /** The names of its Programs. */
  readonly programs: ReadonlySet<string>;
}

/** Compiles a run's drawing and hands it to an engine, data and all. @returns null where `go` said no */
export async function loadModel(
  { document, plan, dataset, stages, batchSize, remainder, evaluationBatch }: PreparedRun,
  { executor, reconstructBatch, threads, state: begun, weights = new Map() }: ModelToLoad,
  go: Go,
): Promise<LoadedModel | null> {
  const { optimizer, seed, clipNorm, augmentation } = document.training;
  const samples = dataset.train;
  if (!(await go())) return null;
  const set = compile(plan, {
    sample: { dtype: samples.dtype },
    dataCount: samples.count,
    batchSize,
    remainder,
    evaluationBatch,
    reconstructBatch,
    parts: Math.min(executor.parts, threads ?? executor.parts),
    partsApart: executor.partsApart,
    optimizer,
    clipNorm,
    augmentation,
    stages: stages.map((stage) => stage.plan),
  });
  const state = begun ?? new Map([...initialState(plan, optimizer, seed), ...weights]);
  if (!(await go())) return null;
  const open = (from: ReadonlyMap<string, Tensor>) =>
    executor.load(set, from, {
      data: { dtype: samples.dtype, shape: [samples.count, ...samples.shape], data: samples.values },
      threads,
    });
  const session = new ReleasableSession(await open(state), open);
  return { session, state, programs: new Set(set.programs.map(({ name }) => name)) };
}
