import { freemem } from 'node:os';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import type { Problem } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import type { Plan } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import { assertProgram } from '../compile/assert-program';
import { BETA, betaOf } from '../compile/code-divergence';
import { compile } from '../compile/compile';
import { initialState } from '../compile/initial-state';
import type { Dataset, SampleArray } from '../data/dataset';
import { gatherRows, inOwnScale } from '../data/sample-rows';
import type { Executor, Tensor } from '../execute/executor';
import type { StateSpec } from '../ops/program';
import type { Go } from '../train/evaluation';
import { prepareRun } from '../train/run-preparation';
import { silentUnits, unitSumsProgram } from './silent-units';

/** Steps that are not timed: the first one builds what later ones use. */
const COLD_STEPS = 1;
const MOST_STEPS = 20;
/** Milliseconds of steps after which their time is known well enough. */
const LONG_ENOUGH = 1000;
/** Weights are drawn around 0, so that few units stay silent over a batch unless what comes in is lopsided. */
const SILENT_SHARE = 0.5;
/** Of a sample or two half the units are silent by chance, whatever the batch size is. */
const FEWEST_WATCHED = 16;
const BYTES = 4;

/**
 * Looks at a drawing, its data and this machine before a run: what a run would warn of, ReLU units that are silent from the
 * start, the memory a run needs, and the time of an epoch, from a few real steps (of learning rate 0) in a session of its own.
 *
 * @returns null where `go` said no
 * @throws ProblemError where the drawing can't be trained on the data, as a run's
 */
export async function checkDrawing(
  drawing: GraphDocument,
  loaded: Dataset,
  executor: Executor,
  go: Go,
): Promise<CallResult<'run.check'> | null> {
  const { document, plan, warnings, dataset, train, batchSize, stepsPerEpoch } = prepareRun(drawing, loaded);
  const { optimizer, seed, clipNorm } = document.training;
  const samples = dataset.train;
  const set = compile(plan, {
    sample: { dtype: samples.dtype },
    dataCount: samples.count,
    batchSize,
    remainder: 0,
    evaluationBatch: 1,
    reconstructBatch: 1,
    parts: executor.parts,
    partsApart: executor.partsApart,
    optimizer,
    ...(clipNorm !== undefined && { clipNorm }),
  });
  const bytes = bytesNeeded(plan, set.state, samples, batchSize);
  const findings = [...warnings, ...memoryProblems(bytes, batchSize)];
  const watched = Math.min(train.length, Math.max(batchSize, FEWEST_WATCHED));
  const unitSums = unitSumsProgram(plan, watched);
  if (unitSums) assertProgram(unitSums, set.state);
  const programs = [...set.programs.filter(({ name }) => name === 'step'), ...(unitSums ? [unitSums] : [])];
  if (!(await go())) return null;
  const session = await executor.load({ ...set, programs }, initialState(plan, optimizer, seed), {
    data: { dtype: samples.dtype, shape: [samples.count, ...samples.shape], data: samples.values },
  });
  try {
    const rows = train.slice(0, batchSize);
    if (unitSums) {
      const { data, shape } = gatherRows(samples, train.slice(0, watched));
      const batch = { dtype: 'float32', shape, data: inOwnScale({ data }) } as const;
      for (const { layer, silent, units } of await silentUnits(session, plan, batch, seed)) {
        if (silent < SILENT_SHARE * units) continue;
        const values = { block: layer.id, silent, units, samples: watched };
        findings.push(problem('UNITS_SILENT', values, { nodeId: layer.id, param: 'activation' }));
      }
    }
    const beta = betaOf(plan)?.beta;
    const feeds = {
      indices: { dtype: 'int32', shape: [batchSize], data: rows } satisfies Tensor,
      learningRate: scalar(0),
      ...(beta !== undefined && { [BETA]: scalar(beta) }),
    };
    const times: number[] = [];
    let spent = 0;
    for (let step = 1; step <= MOST_STEPS && (times.length === 0 || spent < LONG_ENOUGH); step++) {
      if (!(await go())) return null;
      const since = performance.now();
      await session.run('step', feeds, { seed, purpose: 'training', step });
      const took = performance.now() - since;
      spent += took;
      if (step > COLD_STEPS) times.push(took);
    }
    const median = times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
    const parameters = plan.layers.flatMap(({ weights }) => weights);
    return {
      problems: findings.map(({ where, ...rest }) => ({ ...rest, ...(where && { where: { ...where } }) })),
      engine: executor.describe().name,
      secondsPerEpoch: (median * stepsPerEpoch) / 1000,
      epochs: document.training.epochs,
      bytes,
      parameters: parameters.reduce((sum, { shape }) => sum + valueCount(shape), 0),
    };
  } finally {
    await session.dispose();
  }
}

/**
 * What a run keeps at once, at the least: the data; weights, their gradients and what the optimizer keeps; what every layer
 * gives out for a batch, and the gradient of that.
 */
function bytesNeeded(
  { layers }: Plan,
  state: readonly StateSpec[],
  { values }: SampleArray,
  batchSize: number,
): number {
  const kept = state.reduce((sum, { shape }) => sum + valueCount(shape), 0);
  const weights = layers.flatMap((layer) => layer.weights);
  const gradients = weights.reduce((sum, { shape }) => sum + valueCount(shape), 0);
  const given = layers.reduce((sum, { outputShape }) => sum + valueCount(outputShape), 0);
  return values.byteLength + BYTES * (kept + gradients + 2 * batchSize * given);
}

function memoryProblems(bytes: number, batchSize: number): readonly Problem[] {
  const free = freemem();
  return bytes < free
    ? []
    : [problem('MEMORY_SHORT', { bytes, free, batchSize }, { path: 'training.batchSize' })];
}

function scalar(value: number): Tensor {
  return { dtype: 'float32', shape: [], data: Float32Array.of(value) };
}
