import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { CodeCloud, StreamEvent, StreamParams } from '../../shared/ipc/contract';
import { bytesOfFloats, floatsOfBytes } from '../../shared/ipc/float-bytes';
import type { StreamContext } from '../../shared/ipc/handlers';
import { describeCodes, embedCodes } from '../codes/code-thread';
import { FEWEST_FOR_UMAP } from '../codes/umap-embedding';
import type { CodeSnapshot, CodeSpread } from '../train/run-codes';
import type { TrainingRun } from '../train/training-run';
import { abortSignalOf } from './abort-signal';

/** Answers `run.codeClouds`: the newest codes, as fast as the reader takes them, until the run is over. */
export async function tellCodeClouds(
  run: TrainingRun,
  { emit, signal }: StreamContext<CodeCloud>,
): Promise<void> {
  let newest: CodeSnapshot | null = null;
  let isOver = false;
  let wake = () => {};
  const take = (snapshot: CodeSnapshot) => {
    if (!newest || snapshot.step >= newest.step) newest = snapshot;
    wake();
  };
  const unwatch = run.watchCodes(take);
  const stop = () => wake();
  signal.addEventListener('abort', stop);
  const end = () => {
    isOver = true;
    wake();
  };
  run.finished.then(end, end);
  try {
    const elsewhere = run.codesElsewhere;
    if (elsewhere) {
      // Of codes nothing is known but how they were spread, and how to decode them.
      await run.finished.catch(() => {});
      await emit(cloudWithout(run, elsewhere));
      return;
    }
    const state = run.summary().state;
    // A run that starts has no weights yet; its first epoch will be told.
    if (state !== 'starting') take(await run.codeSnapshot());
    while (!signal.aborted) {
      const next: CodeSnapshot | null = newest;
      newest = null;
      if (next) await emit(await cloudOf(run, next, signal));
      else if (isOver) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    unwatch();
    signal.removeEventListener('abort', stop);
  }
}

function cloudWithout(run: TrainingRun, { mean, deviation }: CodeSpread): CodeCloud {
  const none = { count: 0, total: 0, codes: new Uint8Array(0), labels: null, labelNames: null, plane: null };
  return {
    ...none,
    step: run.history().steps,
    size: run.codeSize,
    mean: [...mean],
    deviation: [...deviation],
    spacing: { usual: 0, far: 0 },
    problem: run.shownCodes.problem,
  };
}

async function cloudOf(
  run: TrainingRun,
  { step, size, codes }: CodeSnapshot,
  signal: StreamContext<CodeCloud>['signal'],
): Promise<CodeCloud> {
  const control = { signal: abortSignalOf(signal) };
  const { mean, deviation, plane, spacing } = await describeCodes({ codes, size }, control);
  const { total, labels, problem: refusal } = run.shownCodes;
  return {
    step,
    size,
    count: codes.length / size,
    total,
    codes: bytesOfFloats(codes),
    labels: labels && new Uint8Array(labels.numbers.slice().buffer),
    labelNames: labels?.names ? [...labels.names] : null,
    mean: [...mean],
    deviation: [...deviation],
    plane: plane && { axes: [[...plane.axes[0]], [...plane.axes[1]]], shares: [...plane.shares] },
    spacing,
    problem: refusal,
  };
}

/** Answers `run.codeEmbedding`. @throws ProblemError where there are too few codes to lay out */
export async function tellCodeEmbedding(
  run: TrainingRun,
  { seed, previous }: StreamParams<'run.codeEmbedding'>,
  { emit, signal }: StreamContext<StreamEvent<'run.codeEmbedding'>>,
): Promise<void> {
  const { step, size, codes } = run.latestCodes ?? (await run.codeSnapshot());
  const count = codes.length / size;
  if (count < FEWEST_FOR_UMAP) {
    throw new ProblemError(problem('CODES_TOO_FEW', { codes: count, least: FEWEST_FOR_UMAP }));
  }
  const before = previous && floatsOfBytes(previous);
  // What lay there before is of no use where these are other codes.
  const start = before?.length === 2 * count && before.every(Number.isFinite) ? before : null;
  const control = { signal: abortSignalOf(signal) };
  await embedCodes({ codes, size, seed, previous: start }, control, ({ points, ...progress }) => {
    void emit({ ...progress, step, points: points && bytesOfFloats(points) });
  });
}
