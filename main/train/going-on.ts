import { readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseDocument } from '../../shared/document/document-text';
import { setTraining } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import { type GoingOnChanges, UNFINISHED_RUN } from '../../shared/ipc/kept-run-schemas';
import { scheduleOf } from '../../shared/schedules/catalogue';
import { type Checkpoint, drawingHash, epochsOfWhole, trainableOn } from './checkpoint';
import { CheckpointFolder } from './checkpoint-folder';
import { asParent, type Lineage } from './lineage';
import { isRunning } from './process-mark';
import { readSummary } from './read-summary';
import { CHECKPOINTS, DRAWING } from './run-files';
import { RunFolder } from './run-folder';
import { readUnfinished, type UnfinishedRunFile } from './unfinished-run';

/** All that is needed to go on with the run in a folder. */
export interface GoingOn {
  readonly document: GraphDocument;
  readonly from: Checkpoint;
  /** Checkpoints that were damaged, and so passed over. */
  readonly passedOver: readonly Problem[];
  /** Of a sweep's run, its place in it. */
  readonly sweep: UnfinishedRunFile['note']['sweep'];
  /** Which run it is from then on: the same, or, with changes, one that branches off. */
  readonly lineage: Lineage;
  /** Whether every step is as it would have been in a run of these settings from the beginning. */
  readonly isExact: boolean;
}

/**
 * Reads where the run in a folder can be gone on with.
 *
 * @throws ProblemError CHECKPOINT_TAKEN where a process trains it, CHECKPOINT_NONE, CHECKPOINT_DAMAGED where none is whole,
 * CHECKPOINT_OTHER_DRAWING, CHECKPOINT_COMPLETE where the run came to its end and is asked for no more epochs, CHECKPOINT_LEADS_NOWHERE where its loss was no number and nothing is changed that could help
 */
export async function readGoingOn(
  folder: string,
  changes: GoingOnChanges = {},
  keepOnly = false,
): Promise<GoingOn> {
  const unfinished = await readUnfinished(folder);
  if (unfinished?.holder && (await isRunning(unfinished.holder))) {
    throw new ProblemError(problem('CHECKPOINT_TAKEN', { path: folder }));
  }
  const { checkpoint, passedOver } = await new CheckpointFolder(join(folder, CHECKPOINTS)).latest();
  if (!checkpoint) {
    const [first, ...others] = passedOver;
    throw new ProblemError(first ?? problem('CHECKPOINT_NONE', { path: folder }), ...others);
  }
  const summary = await readSummary(folder);
  if (summary?.problemCode === 'NAN_LOSS' && changes.learningRate === undefined && !keepOnly) {
    throw new ProblemError(problem('CHECKPOINT_LEADS_NOWHERE', { step: summary.steps }));
  }
  const isComplete = summary?.ending === 'completed' && unfinished === null;
  if (isComplete && changes.moreEpochs === undefined) {
    throw new ProblemError(problem('CHECKPOINT_COMPLETE', { epochs: epochsOfWhole(checkpoint.progress) }));
  }
  const file = join(folder, DRAWING);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileProblem(error, file, 'read');
  });
  const drawing = parseDocument(text);
  const changed = withChanges(drawing, checkpoint, changes, isComplete);
  const { identity, parent } = unfinished?.note ?? summary ?? {};
  const isSame = changes.moreEpochs === undefined && changes.learningRate === undefined;
  const own: Lineage = { ...(identity && { identity }), ...(parent && { parent }) };
  const lineage = isSame
    ? own
    : { parent: asParent(folder, { ...own, document: { name: drawing.name, hash: '' } }) };
  return { ...changed, passedOver, lineage, sweep: unfinished?.note.sweep ?? summary?.sweep };
}

/** Whether the folder is that of a run that has not ended. */
export function isUnfinished(folder: string): boolean {
  return basename(folder).startsWith(UNFINISHED_RUN);
}

/**
 * Takes the folder of a run to go on with it there: nobody else can any more, and whatever becomes of this process, the run
 * is found again.
 *
 * @throws ProblemError CHECKPOINT_TAKEN where somebody has just done so
 */
export async function takenOver(folder: string, place: string, told: UnfinishedRunFile): Promise<RunFolder> {
  const kept = isUnfinished(folder) ? null : RunFolder.at(folder);
  try {
    // A kept run says nothing of that yet, and would be passed over by its new name.
    await kept?.writeUnfinished(told);
    await rename(folder, place);
  } catch (error) {
    await kept?.finish().catch(() => {});
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isGone) throw new ProblemError(problem('CHECKPOINT_TAKEN', { path: folder }));
    throw error instanceof ProblemError ? error : fileProblem(error, folder, 'write');
  }
  return RunFolder.at(place);
}

/** A run of more epochs, or of another learning rate, that stands where a checkpoint does. */
function withChanges(
  document: GraphDocument,
  from: Checkpoint,
  { moreEpochs = 0, learningRate }: GoingOnChanges,
  isComplete: boolean,
): Pick<GoingOn, 'document' | 'from' | 'isExact'> {
  const { training } = document;
  // Early stopping may have ended it before.
  const done = isComplete ? epochsOfWhole(from.progress) : training.epochs;
  const epochs = done + moreEpochs;
  const rate = learningRate ?? training.learningRate;
  if (epochs === training.epochs && rate === training.learningRate) return { document, from, isExact: true };
  if (from.progress.documentHash !== drawingHash(document)) {
    throw new ProblemError(problem('CHECKPOINT_OTHER_DRAWING', undefined));
  }
  const progress = isComplete ? trainableOn(from.progress, training.epochs) : from.progress;
  const changed = setTraining(document, { epochs, learningRate: rate });
  return {
    document: changed,
    from: { ...from, progress: { ...progress, documentHash: drawingHash(changed) } },
    isExact:
      done === training.epochs &&
      rate === training.learningRate &&
      !scheduleOf(training.schedule.type).spansRun,
  };
}
