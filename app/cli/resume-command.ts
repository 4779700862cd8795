import { join, resolve } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import { CheckpointFolder } from '../../main/train/checkpoint-folder';
import { CHECKPOINTS, DRAWING, RunFolder } from '../../main/train/run-folder';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { CliIo } from './cli-io';
import { loadData, withShape } from './drawing-and-data';
import { getTensorFlow } from './get-tensorflow';
import { readDocument } from './read-document';
import { problemText } from './report-error';
import { interruptibly, runToEnd } from './run-to-end';

export interface ResumeArguments {
  readonly folder: string;
  readonly json?: boolean;
}

/** `hourglass resume FOLDER`: goes on with a run that was interrupted, as if it had not been. */
export function resume(args: ResumeArguments, io: CliIo): Promise<number> {
  return interruptibly(io, async ({ signal, display, follow }) => {
    const place = resolve(io.workingFolder, args.folder);
    const { checkpoint, passedOver } = await new CheckpointFolder(join(place, CHECKPOINTS)).latest();
    for (const damaged of passedOver) io.err(problemText(damaged));
    if (!checkpoint) throw new ProblemError(problem('CHECKPOINT_NONE', { path: place }));
    const file = join(place, DRAWING);
    const drawing = await readDocument(file, io);
    const dataset = await loadData(drawing, place, signal, display);
    const document = withShape(drawing, dataset.train.shape);
    const { name } = checkpoint.progress.engine;
    if (name === 'tensorflow') await getTensorFlow(io, { signal });
    const executor = await openEngine(name);
    signal.throwIfAborted();
    io.err(`Going on after step ${checkpoint.progress.step.toLocaleString('en')}.\n`);
    const create = () => RunFolder.create(place, document, place);
    const from = checkpoint;
    return runToEnd({
      document,
      dataset,
      executor,
      create,
      from,
      follow,
      json: args.json ?? false,
      io,
      display,
    });
  });
}
