import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Dataset } from '../../main/data/dataset';
import { referenceFor } from '../../main/data/open-dataset';
import { openEngine } from '../../main/execute/engines';
import type { EngineName, Executor } from '../../main/execute/executor';
import { trainedOn } from '../../main/models/going-on-with-model';
import { assertFit } from '../../main/models/model-of-run';
import { planOfModel } from '../../main/models/model-plan';
import { weightProblems } from '../../main/models/weight-problems';
import { type Checkpoint, engineText } from '../../main/train/checkpoint';
import { filmIn } from '../../main/train/film-file';
import { readGoingOn } from '../../main/train/going-on';
import { parentIn } from '../../main/train/lineage';
import { RunFolder } from '../../main/train/run-folder';
import { setTraining } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import type { CliIo } from './cli-io';
import { chosenData } from './data-options';
import { loadData } from './drawing-and-data';
import { getTensorFlow } from './get-tensorflow';
import { makeRunFolder, modelPath, runPlace } from './model-place';
import { openModelFile } from './read-document';
import { problemText } from './report-error';
import { type Interruptible, interruptibly, runToEnd } from './run-to-end';

export interface ResumeArguments {
  /** The folder of a run, or a model file. */
  readonly place: string;
  readonly moreEpochs?: number;
  readonly learningRate?: number;
  /** Where the data lie by now. */
  readonly data?: string;
  readonly engine?: EngineName;
  /** Whether another engine, another version or another number of threads may go on: not bit for bit. */
  readonly inexact?: boolean;
  readonly out?: string;
  /** A model file to write at the end. */
  readonly save?: string;
  readonly json?: boolean;
  /** Whether another run in `out`, and a file at `save`, give way. */
  readonly force?: boolean;
}

/**
 * `hourglass resume PLACE`: goes on with a run that was interrupted, as if it had not been; with other settings, and from a
 * model file, as a run of its own in another folder.
 */
export function resume(args: ResumeArguments, io: CliIo): Promise<number> {
  return interruptibly(io, async (context) => {
    const place = resolve(io.workingFolder, args.place);
    const save = args.save === undefined ? null : await modelPath(args.save, args, io);
    const found = await stat(place).catch((error: unknown) => {
      throw fileProblem(error, place, 'read');
    });
    return found.isDirectory()
      ? goOnInFolder(place, args, save, context, io)
      : trainOn(place, args, save, context, io);
  });
}

async function goOnInFolder(
  given: string,
  { moreEpochs, learningRate, data, inexact = false, ...args }: ResumeArguments,
  save: string | null,
  { signal, display, follow }: Interruptible,
  io: CliIo,
): Promise<number> {
  const { out, json = false, force = false } = args;
  const changes = {
    ...(moreEpochs !== undefined && { moreEpochs }),
    ...(learningRate !== undefined && { learningRate }),
  };
  const { document: kept, from: checkpoint, passedOver, ...read } = await readGoingOn(given, changes);
  const document = data === undefined ? kept : await relinked(kept, data, io);
  const isChanged = Object.keys(changes).length > 0;
  const isElsewhere = out !== undefined && resolve(io.workingFolder, out) !== given;
  const placing = { force, ...(out !== undefined && { out }) };
  const ownPlace = isChanged || isElsewhere ? await runPlace(placing, document.name, io) : null;
  for (const damaged of passedOver) io.err(problemText(damaged));
  const dataset = await loadData(document, given, signal, display);
  const executor = await engineFor(args.engine ?? checkpoint.progress.engine.name, signal, io);
  const from = inexact ? madeBy(executor, checkpoint, io) : checkpoint;
  const isExact = read.isExact && from === checkpoint;
  // What goes on otherwise leaves the run as it was interrupted.
  const place = ownPlace ?? (from === checkpoint ? null : await runPlace(placing, document.name, io));
  io.err(`Going on after step ${from.progress.step.toLocaleString('en')}.\n`);
  if (!isExact)
    io.err('It is a run of its own from here on: not what these settings give from the beginning.\n');
  const create = () =>
    place !== null
      ? makeRunFolder(place, document, given, { force }, io)
      : RunFolder.create(given, document, given, 'go on');
  const saving = save === null ? null : { path: save, baseFolder: given, force };
  const parent = from === checkpoint ? null : ((await parentIn(given)) ?? null);
  const before = {
    from,
    filmBefore: await filmIn(given),
    lineage: from === checkpoint ? read.lineage : { ...(parent && { parent }) },
  };
  const going = { create, ...before, follow, save: saving, json, io, display };
  return runToEnd({ document, dataset, executor, ...going });
}

/** Trains the weights of a model file on, to the epochs of its drawing and beyond. */
async function trainOn(
  file: string,
  { moreEpochs, learningRate, data, ...args }: ResumeArguments,
  save: string | null,
  { signal, display, follow }: Interruptible,
  io: CliIo,
): Promise<number> {
  const model = await openModelFile(file);
  const { epochs } = model.document.training;
  const all = (model.state?.progress ?? model.history).epochs;
  const done = all.filter(({ stage }) => stage === undefined).length;
  // Without a state no epoch counts as begun: whoever asks for more gets just these.
  const left = model.state ? epochs - done + (moreEpochs ?? 0) : (moreEpochs ?? epochs - done);
  if (left <= 0) throw new ProblemError(problem('MODEL_TRAINED', { file, epochs: done }));
  const { json = false, force = false, out } = args;
  const place = await runPlace(
    { force, ...(out !== undefined && { out }) },
    model.document.name || 'model',
    io,
  );
  const found = data === undefined ? null : await referenceFor(resolve(io.workingFolder, data));
  const drawn = { ...model.document, data: chosenData(model.document.data, found, {}) };
  const wanted = learningRate === undefined ? drawn : setTraining(drawn, { learningRate });
  assertFit(weightProblems(planOfModel({ document: wanted }), model.weights));
  const baseFolder = dirname(file);
  const dataset = await loadData(wanted, baseFolder, signal, display);
  // The engine that made it rounds alike; where it is not here, another does it.
  const executor = await engineFor(args.engine ?? model.manifest.engine?.name, signal, io).catch(
    (error: unknown) => {
      if (args.engine || signal.aborted) throw error;
      return engineFor(undefined, signal, io);
    },
  );
  const { document, options } = trainedOn(model, { document: wanted, dataset, executor }, left);
  if (model.state) madeBy(executor, model.state, io);
  else io.err('The file tells nothing of how its training stood: the optimizer begins anew.\n');
  tellOtherData(model.manifest.data?.fingerprint, dataset, io);
  const { from } = options;
  if (from) io.err(`Going on after step ${from.progress.step.toLocaleString('en')}.\n`);
  const create = () => makeRunFolder(place, document, baseFolder, { force }, io);
  const saving = save === null ? null : { path: save, baseFolder, force };
  const going = { create, follow, save: saving, json, io, display, ...(from && { from }) };
  return runToEnd({ document, dataset, executor, ...going });
}

/** The drawing with its data where they lie by now; whether they are the same shows when they are read. */
async function relinked(document: GraphDocument, path: string, io: CliIo): Promise<GraphDocument> {
  const found = await referenceFor(resolve(io.workingFolder, path));
  const { data } = document;
  if (!('path' in data) || data.kind !== found.kind)
    throw new ProblemError(problem('CHECKPOINT_OTHER_DATA', undefined));
  return { ...document, data: { ...data, path: found.path } };
}

async function engineFor(name: EngineName | undefined, signal: AbortSignal, io: CliIo): Promise<Executor> {
  if (name !== 'onnx') await getTensorFlow(io, { signal });
  const executor = await openEngine(name);
  signal.throwIfAborted();
  return executor;
}

/** The same place of a run, as this engine would have come to it; says so where it was another. */
function madeBy<T extends Pick<Checkpoint, 'progress'>>(executor: Executor, from: T, io: CliIo): T {
  const { name, version, threads } = executor.describe();
  const engine = { name, version, threads };
  const [was, is] = [engineText(from.progress.engine), engineText(engine)];
  if (was === is) return from;
  io.err(`It was trained by ${was}; ${is} goes on, though not bit for bit.\n`);
  return { ...from, progress: { ...from.progress, engine } };
}

function tellOtherData(fingerprint: string | undefined, dataset: Dataset, io: CliIo): void {
  if (fingerprint !== undefined && fingerprint !== dataset.fingerprint)
    io.err('The data are others than those it was trained on so far.\n');
}
