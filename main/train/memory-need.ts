import { freemem, totalmem } from 'node:os';
import { problem } from '../../shared/errors/catalogue';
import type { Problem } from '../../shared/errors/problem';
import { valueCount } from '../../shared/tensors/shape';
import { peakBytes } from '../compile/peak-bytes';
import type { EngineName, Executor } from '../execute/executor';
import type { Program, ProgramSet } from '../ops/program';
import { evaluationBatchFor, type PreparedRun } from './run-preparation';
import { trialPrograms } from './trial-session';

const BYTES = 4;
/** What an engine takes for a model however small: its code, threads and graphs. */
const FIXED = 60e6;
/**
 * Copies of the state: the engine's, the last that was known to be finite, the next such while it is taken, and a checkpoint's
 * with its bytes.
 */
const STATE_COPIES = 5;
/** No run does with fewer: the engine's, and the one that it began with. */
const FEWEST_COPIES = 2;
/**
 * What an engine takes for a step, as a multiple of the values that are there at once: measured (Linux, two cores) from 784–256–16 to
 * 4096–8192–16 and for convolutions of 64×64 pixels. ONNX Runtime keeps an arena for every graph, which grows by doubling, and has
 * pictures in two layouts where they are convolved.
 */
const STEP_SHARE: Readonly<Record<EngineName, { readonly dense: number; readonly convolved: number }>> = {
  tensorflow: { dense: 1.5, convolved: 1.5 },
  onnx: { dense: 2, convolved: 4 },
};

/** What training takes of memory, in bytes. */
export interface MemoryNeed {
  /** Of the samples, which are loaded already. */
  readonly loaded: number;
  /** Besides these, what no run does without. */
  readonly least: number;
  /** Besides these, what a run most likely comes to. */
  readonly likely: number;
}

/** What this machine has, in bytes. */
export interface MachineMemory {
  readonly total: number;
  readonly free: number;
}

/** What there is now; of a container, what it may have. */
export function machineMemory(): MachineMemory {
  const total = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  // macOS calls free only what it uses for nothing, and gives up most of the rest when it is asked for.
  const free = process.platform === 'darwin' ? Math.max(freemem(), total / 2) : process.availableMemory();
  return { total, free: Math.min(total, free) };
}

/**
 * What a run takes, by the Programs of its steps and its evaluation: their values that are there at once (`peakBytes`), the state
 * with its copies, gradients, and, of TensorFlow, the samples once more.
 *
 * @param engine whose need it is; the executor's own unless told
 */
export function memoryNeed(
  prepared: PreparedRun,
  executor: Executor,
  engine: EngineName = executor.describe().name,
): MemoryNeed {
  const set = trialPrograms(prepared, executor, 'epochs');
  const loaded = prepared.dataset.train.values.byteLength;
  const state = stateBytes(
    set,
    set.state.map(({ name }) => name),
  );
  const peaks = set.programs.map((program) => ({ program, bytes: peakBytes(program) }));
  const most = Math.max(...peaks.map(({ bytes }) => bytes));
  const inEngine = engine === 'tensorflow' ? loaded : 0;
  // Early stopping keeps the state of the best epoch.
  const copies = STATE_COPIES + (prepared.document.training.patience > 0 ? 1 : 0);
  const share = STEP_SHARE[engine][set.programs.some(isConvolved) ? 'convolved' : 'dense'];
  const gradients = Math.max(...set.programs.map((program) => gradientBytes(set, program)));
  const steps =
    engine === 'tensorflow'
      ? share * most + gradients
      : gradients +
        peaks.reduce(
          // What is evaluated in epochs is measured by another graph at the end.
          (sum, { program, bytes }) =>
            sum + share * bytes * (program.updates.length > 0 ? 1 : 2) + gradientBytes(set, program),
          0,
        );
  return {
    loaded,
    least: inEngine + FEWEST_COPIES * state + most,
    likely: inEngine + copies * state + steps + FIXED,
  };
}

/**
 * Why a run will not fit: MEMORY_LACKING where this machine has not as much in all, MEMORY_SHORT where most likely too little of
 * it is free. Both tell a batch size that fits, where there is one.
 *
 * @param given bytes that will be free once the run begins: those of the last one
 */
export function memoryProblem(
  prepared: PreparedRun,
  executor: Executor,
  machine: MachineMemory,
  given = 0,
): Problem | null {
  const found = shortageOf(memoryNeed(prepared, executor), machine, given);
  if (!found) return null;
  const { name } = executor.describe();
  const other = name === 'onnx' ? 'tensorflow' : 'onnx';
  const otherNeed = memoryNeed(prepared, executor, other);
  const fitsOther = !shortageOf(otherNeed, machine, given);
  const values = {
    ...found,
    batchSize: prepared.batchSize,
    other: fitsOther ? { engine: other, bytes: otherNeed.loaded + otherNeed.likely } : null,
  };
  const refusal =
    found.code === 'MEMORY_LACKING'
      ? problem('MEMORY_LACKING', values, { path: 'training.batchSize' })
      : problem('MEMORY_SHORT', values, { path: 'training.batchSize' });
  const batchSize = fittingBatch(prepared, executor, (need) => !shortageOf(need, machine, given));
  return batchSize === null ? refusal : { ...refusal, remedy: { batchSize } };
}

function shortageOf({ loaded, least, likely }: MemoryNeed, { total, free }: MachineMemory, given: number) {
  if (loaded + least > total) return { code: 'MEMORY_LACKING', bytes: loaded + least, free: total } as const;
  if (likely > free + given) return { code: 'MEMORY_SHORT', bytes: likely, free: free + given } as const;
  return null;
}

/** The largest batch that fits, of those got by halving; null where none does. */
function fittingBatch(
  prepared: PreparedRun,
  executor: Executor,
  fits: (need: MemoryNeed) => boolean,
): number | null {
  const { plan, train, validation } = prepared;
  for (
    let batchSize = Math.floor(prepared.batchSize / 2);
    batchSize >= 1;
    batchSize = Math.floor(batchSize / 2)
  ) {
    const samples = validation.length > 0 ? validation.length : train.length;
    const smaller = {
      ...prepared,
      ...{ batchSize, remainder: train.length % batchSize },
      evaluationBatch: evaluationBatchFor(plan, batchSize, samples),
    };
    if (fits(memoryNeed(smaller, executor))) return batchSize;
  }
  return null;
}

function stateBytes({ state }: ProgramSet, names: readonly string[]): number {
  const wanted = new Set(names);
  return state.reduce((sum, { name, shape }) => sum + (wanted.has(name) ? BYTES * valueCount(shape) : 0), 0);
}

/** Of what an optimizer changes by. */
function gradientBytes(set: ProgramSet, { updates }: Program): number {
  return stateBytes(
    set,
    updates.filter(({ kind }) => kind !== 'assign').map(({ state }) => state),
  );
}

function isConvolved({ nodes }: Program): boolean {
  return nodes.some(({ op }) => op.startsWith('conv2d'));
}
