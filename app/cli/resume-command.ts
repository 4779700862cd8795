import { resolve } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import { filmIn } from '../../main/train/film-file';
import { readGoingOn } from '../../main/train/going-on';
import { RunFolder } from '../../main/train/run-folder';
import type { CliIo } from './cli-io';
import { loadData } from './drawing-and-data';
import { getTensorFlow } from './get-tensorflow';
import { makeRunFolder, runPlace } from './model-place';
import { problemText } from './report-error';
import { interruptibly, runToEnd } from './run-to-end';

export interface ResumeArguments {
  readonly folder: string;
  readonly moreEpochs?: number;
  readonly learningRate?: number;
  readonly out?: string;
  readonly json?: boolean;
  /** Whether another run in `out` gives way. */
  readonly force?: boolean;
}

/**
 * `hourglass resume FOLDER`: goes on with a run that was interrupted, as if it had not been; with other settings as a run of
 * its own in another folder.
 */
export function resume(
  { folder, out, json = false, force = false, ...changes }: ResumeArguments,
  io: CliIo,
): Promise<number> {
  return interruptibly(io, async ({ signal, display, follow }) => {
    const given = resolve(io.workingFolder, folder);
    const { document, from, passedOver, lineage, isExact } = await readGoingOn(given, changes);
    const isChanged = changes.moreEpochs !== undefined || changes.learningRate !== undefined;
    const isOther = isChanged || (out !== undefined && resolve(io.workingFolder, out) !== given);
    const placing = { force, ...(out !== undefined && { out }) };
    const place = isOther ? await runPlace(placing, document.name, io) : given;
    for (const damaged of passedOver) io.err(problemText(damaged));
    const dataset = await loadData(document, given, signal, display);
    const { name } = from.progress.engine;
    if (name === 'tensorflow') await getTensorFlow(io, { signal });
    const executor = await openEngine(name);
    signal.throwIfAborted();
    io.err(`Going on after step ${from.progress.step.toLocaleString('en')}.\n`);
    if (!isExact)
      io.err('It is a run of its own from here on: not what these settings give from the beginning.\n');
    const create = () =>
      isOther
        ? makeRunFolder(place, document, given, { force }, io)
        : RunFolder.create(given, document, given, 'go on');
    const filmBefore = await filmIn(given);
    const before = { from, filmBefore, lineage };
    return runToEnd({ document, dataset, executor, create, ...before, follow, json, io, display });
  });
}
