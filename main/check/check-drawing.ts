import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import { assertProgram } from '../compile/assert-program';
import type { Dataset } from '../data/dataset';
import { floatRows } from '../data/sample-rows';
import type { Executor } from '../execute/executor';
import type { Go } from '../train/evaluation';
import { type MachineMemory, machineMemory, memoryNeed, memoryProblem } from '../train/memory-need';
import { prepareRun } from '../train/run-preparation';
import { TrialSession, trialPrograms } from '../train/trial-session';
import { epochTimes } from './epoch-time';
import { silentUnits, unitSumsProgram } from './silent-units';

/** Weights are drawn around 0, so that few units stay silent over a batch unless what comes in is lopsided. */
const SILENT_SHARE = 0.5;
/** Of a sample or two half the units are silent by chance, whatever the batch size is. */
const FEWEST_WATCHED = 16;

/** What came of it; the figures as the call `run.check` tells them. */
type DrawingCheck = Omit<CallResult<'run.check'>, 'problems'> & { readonly problems: readonly Problem[] };

/**
 * Looks at a drawing, its data and this machine before a run: what a run would warn of, ReLU units that are silent from the
 * start, the memory a run needs, and the time of an epoch, from a few real steps (of learning rate 0) in a session of its own.
 * Where memory is short, no step is taken.
 *
 * @param machine what this machine has of memory
 * @returns null where `go` said no
 * @throws ProblemError where the drawing can't be trained on the data, or not on this machine, as a run's
 */
export async function checkDrawing(
  drawing: GraphDocument,
  loaded: Dataset,
  executor: Executor,
  go: Go,
  machine: MachineMemory = machineMemory(),
): Promise<DrawingCheck | null> {
  const prepared = prepareRun(drawing, loaded);
  const { document, plan, warnings, dataset, train, batchSize } = prepared;
  const { loaded: samplesBytes, likely } = memoryNeed(prepared, executor);
  const figures = {
    engine: executor.describe().name,
    epochs: document.training.epochs,
    bytes: samplesBytes + likely,
    parameters: plan.parameterCount,
  };
  const shortage = memoryProblem(prepared, executor, machine);
  if (shortage?.code === 'MEMORY_LACKING') throw new ProblemError(shortage);
  if (shortage) {
    const warning: Problem = { ...shortage, severity: 'warning' };
    return { ...figures, problems: [...warnings, warning], secondsPerEpoch: null };
  }
  const samples = dataset.train;
  const set = trialPrograms(prepared, executor, 'epochs');
  const findings = [...warnings];
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
      ...figures,
      problems: findings,
      secondsPerEpoch: times.secondsPerEpoch,
      ...(times.stages.length > 0 && {
        stages: times.stages.map((stage) => ({ ...stage, epochs: prepared.stageEpochs })),
      }),
    };
  } finally {
    await trial.dispose();
  }
}
