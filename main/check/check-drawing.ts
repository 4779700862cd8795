import { freemem } from 'node:os';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import type { Problem } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import type { Plan } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import { assertProgram } from '../compile/assert-program';
import type { Dataset, SampleArray } from '../data/dataset';
import { floatRows } from '../data/sample-rows';
import type { Executor } from '../execute/executor';
import type { StateSpec } from '../ops/program';
import type { Go } from '../train/evaluation';
import { prepareRun } from '../train/run-preparation';
import { TrialSession, trialPrograms } from '../train/trial-session';
import { epochTimes } from './epoch-time';
import { silentUnits, unitSumsProgram } from './silent-units';

/** Weights are drawn around 0, so that few units stay silent over a batch unless what comes in is lopsided. */
const SILENT_SHARE = 0.5;
/** Of a sample or two half the units are silent by chance, whatever the batch size is. */
const FEWEST_WATCHED = 16;
const BYTES = 4;

/** What came of it; the figures as the call `run.check` tells them. */
type DrawingCheck = Omit<CallResult<'run.check'>, 'problems'> & { readonly problems: readonly Problem[] };

/**
 * Looks at a drawing, its data and this machine before a run: what a run would warn of, ReLU units that are silent from the
 * start, the memory a run needs, and the time of an epoch, from a few real steps (of learning rate 0) in a session of its own.
 *
 * @param freeBytes of this machine's memory
 * @returns null where `go` said no
 * @throws ProblemError where the drawing can't be trained on the data, as a run's
 */
export async function checkDrawing(
  drawing: GraphDocument,
  loaded: Dataset,
  executor: Executor,
  go: Go,
  freeBytes: () => number = freemem,
): Promise<DrawingCheck | null> {
  const prepared = prepareRun(drawing, loaded);
  const { document, plan, warnings, dataset, train, batchSize } = prepared;
  const samples = dataset.train;
  const set = trialPrograms(prepared, executor, 'epochs');
  const bytes = bytesNeeded(plan, set.state, samples, batchSize);
  const findings = [...warnings, ...memoryProblems(bytes, freeBytes(), batchSize)];
  const watched = Math.min(train.length, Math.max(batchSize, FEWEST_WATCHED));
  const unitSums = unitSumsProgram(plan, watched);
  if (unitSums) assertProgram(unitSums, set.state);
  if (!(await go())) return null;
  const trial = await TrialSession.open(prepared, executor, set, unitSums ? [unitSums] : []);
  try {
    if (unitSums) {
      const batch = floatRows(samples, train.slice(0, watched));
      const units = await silentUnits(trial.session, plan, batch, document.training.seed);
      for (const { layer, silent, units: all } of units) {
        if (silent < SILENT_SHARE * all) continue;
        const values = { block: layer.id, silent, units: all, samples: watched };
        findings.push(problem('UNITS_SILENT', values, { nodeId: layer.id, param: 'activation' }));
      }
    }
    const times = await epochTimes(trial, prepared, go);
    if (!times) return null;
    return {
      problems: findings,
      engine: executor.describe().name,
      secondsPerEpoch: times.secondsPerEpoch,
      epochs: document.training.epochs,
      ...(times.stages.length > 0 && {
        stages: times.stages.map((stage) => ({ ...stage, epochs: prepared.stageEpochs })),
      }),
      bytes,
      parameters: plan.parameterCount,
    };
  } finally {
    await trial.dispose();
  }
}

/**
 * What a run keeps at once, at the least: the data; weights, their gradients and what the optimizer keeps; what every layer
 * gives out for a batch, and the gradient of that.
 */
function bytesNeeded(
  { layers, parameterCount }: Plan,
  state: readonly StateSpec[],
  { values }: SampleArray,
  batchSize: number,
): number {
  const kept = state.reduce((sum, { shape }) => sum + valueCount(shape), 0);
  const given = layers.reduce((sum, { outputShape }) => sum + valueCount(outputShape), 0);
  return values.byteLength + BYTES * (kept + parameterCount + 2 * batchSize * given);
}

function memoryProblems(bytes: number, free: number, batchSize: number): readonly Problem[] {
  if (bytes < free) return [];
  const found = problem('MEMORY_SHORT', { bytes, free, batchSize }, { path: 'training.batchSize' });
  return [batchSize > 1 ? { ...found, remedy: { batchSize: Math.floor(batchSize / 2) } } : found];
}
