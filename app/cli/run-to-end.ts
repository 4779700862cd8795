import { dirname, join } from 'node:path';
import type { Dataset } from '../../main/data/dataset';
import type { Executor } from '../../main/execute/executor';
import { modelOfRun } from '../../main/models/model-of-run';
import type { WeightsOrigin } from '../../main/models/starting-point';
import type { Checkpoint } from '../../main/train/checkpoint';
import { CheckpointFolder } from '../../main/train/checkpoint-folder';
import { CheckpointKeeper } from '../../main/train/checkpoint-keeper';
import { FilmStrip } from '../../main/train/film-strip';
import { isUnfinished } from '../../main/train/going-on';
import type { Lineage } from '../../main/train/lineage';
import { LossHistory } from '../../main/train/loss-history';
import { machineMemory } from '../../main/train/memory-need';
import { CHECKPOINTS } from '../../main/train/run-files';
import { defaultRunFolder, movedDocument, type RunFolder } from '../../main/train/run-folder';
import { describeData, runResults, writeRunResults } from '../../main/train/run-results';
import { runSummary } from '../../main/train/run-summary';
import { type PcaLine, type RunEnding, TrainingRun } from '../../main/train/training-run';
import { unfinishedRunOf } from '../../main/train/unfinished-run';
import { version } from '../../package.json';
import type { GraphDocument } from '../../shared/document/graph-document';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import type { Film, RunEvent } from '../../shared/ipc/contract';
import type { KeepingNote } from '../../shared/ipc/kept-run-schemas';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';
import { writeLayerFiles } from './layer-files';
import { putModel } from './model-place';
import { peakMemory } from './peak-memory';
import { problemText, reportBug } from './report-error';
import { summaryText } from './summary-text';
import { TrainDisplay } from './train-display';
import { startText } from './weights-options';

export interface Interruptible {
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  readonly display: TrainDisplay;
  /** Names the run that Ctrl+C stops, and that is disposed of at the end. */
  follow(run: TrainingRun): void;
}

/** Works until it is done or Ctrl+C ends it. */
export async function interruptibly(
  io: CliIo,
  work: (context: Interruptible) => Promise<number>,
): Promise<number> {
  const interruption = new AbortController();
  let run: TrainingRun | null = null;
  const stopListening = io.onInterrupt(() => {
    // A second Ctrl+C does not wait for anything.
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort(new Cancelled());
    run?.stop();
  });
  const display = new TrainDisplay(io);
  const follow = (followed: TrainingRun) => {
    run = followed;
  };
  try {
    return await work({ signal: interruption.signal, display, follow });
  } finally {
    stopListening();
    display.close();
    await (run as TrainingRun | null)?.dispose();
  }
}

interface RunToEnd extends Pick<Interruptible, 'display' | 'follow'> {
  readonly document: GraphDocument;
  readonly dataset: Dataset;
  readonly executor: Executor;
  /** Makes the run's folder, once it is known that it can be trained. */
  create(): Promise<RunFolder>;
  readonly from?: Checkpoint;
  /** Which run it is, where it is not a new one, and the one it branched off from. */
  readonly lineage?: Lineage;
  /** The reconstructions before that. */
  readonly filmBefore?: Film | null;
  /** Trained weights that it begins with where they fit. */
  readonly weights?: WeightsOrigin;
  /** Whose representations are written too. */
  readonly layers?: readonly string[];
  /** The file that drawing and weights go into, and where the drawing's data paths start. */
  readonly save?: { readonly path: string; readonly baseFolder: string; readonly force: boolean } | null;
  /** Off where it is refused if memory is most likely short; what surely does not fit is refused in any case. */
  readonly anyway?: boolean;
  readonly json: boolean;
  readonly io: CliIo;
}

/** Trains a run, shows how it goes, keeps checkpoints, and writes what came of it. @returns the exit code */
export async function runToEnd(wanted: RunToEnd): Promise<number> {
  const { document, dataset, executor, create, from, weights, anyway = true } = wanted;
  const { filmBefore, lineage, layers = [], save = null, json, io, display, follow } = wanted;
  const tellJson = (value: unknown) => json && io.out(`${JSON.stringify(value)}\n`);
  const losses = new LossHistory();
  losses.append(from?.losses ?? []);
  const lossSteps = () => stepsOfLosses(losses.count, from);
  const film = new FilmStrip();
  if (filmBefore && from) film.goOnFrom(filmBefore, from.progress.step);
  const onEvent = (event: RunEvent) => {
    display.show(event);
    if (event.kind === 'progress') losses.append(event.losses);
    if (event.kind === 'reconstructions') film.add(event);
    const line = jsonLine(event);
    if (line) tellJson(line);
  };
  const keeper = new CheckpointKeeper({
    losses: () => {
      const steps = lossSteps();
      return { losses: losses.values, ...(steps && { lossSteps: Int32Array.from(steps) }) };
    },
    onFailure: (reason) => io.err(problemText(reason)),
    onRecovery: () => io.err('Checkpoints can be kept again.\n'),
  });
  const run = new TrainingRun({
    ...{ document, dataset, executor, onEvent },
    options: {
      layerRecords: false,
      keepCheckpoint: (...kept) => keeper.keep(...kept),
      ...(from && { from }),
      ...(weights && { weights }),
    },
  });
  follow(run);
  const shortage = run.memoryProblem(machineMemory());
  if (shortage && (!anyway || shortage.code === 'MEMORY_LACKING')) throw new ProblemError(shortage);
  if (shortage) io.err(problemText({ ...shortage, severity: 'warning' }));
  run.layers.expectLayers(layers);
  if (run.beganWith) io.err(startText(run.beganWith));
  for (const warning of run.warnings) io.err(problemText(warning));
  const note = { app: version, identity: run.runId, ...lineage };
  const folder = await create();
  await folder.writeUnfinished(await unfinishedRunOf(run, document.name, note));
  keeper.folder = new CheckpointFolder(join(folder.path, CHECKPOINTS));
  tellJson({ event: 'data', ...describeData(dataset), out: folder.path });
  if (run.beganWith) tellJson({ event: 'weights', ...run.beganWith.told, layers: run.beganWith.layers });
  run.start();
  const ending = await run.finished;
  await keeper.settled();
  const steps = lossSteps();
  const told = { tellJson, losses, film, document, keeper, note, ...(steps && { lossSteps: steps }) };
  return finish(run, ending, folder, { layers, save, json, io, ...told });
}

/** Of a run that goes on from one whose losses were thinned out: the last step that each loss stands for. */
function stepsOfLosses(count: number, from: Checkpoint | undefined): number[] | null {
  if (!from?.lossSteps) return null;
  const [before, { step }] = [from.lossSteps, from.progress];
  return Array.from({ length: count }, (_, at) => before[at] ?? step + at - before.length + 1);
}

interface FinishContext {
  readonly layers: readonly string[];
  readonly save: NonNullable<RunToEnd['save']> | null;
  readonly json: boolean;
  readonly io: CliIo;
  readonly losses: LossHistory;
  readonly lossSteps?: readonly number[];
  readonly film: FilmStrip;
  readonly document: GraphDocument;
  readonly keeper: CheckpointKeeper;
  readonly note: KeepingNote;
  tellJson(value: unknown): void;
}

/** Writes the results and says the last words. */
async function finish(
  run: TrainingRun,
  ending: RunEnding,
  folder: RunFolder,
  { layers, save, json, io, tellJson, losses, lossSteps, film, document, keeper, note }: FinishContext,
): Promise<number> {
  const pca = ending.kind === 'completed' ? await waitForPca(run, io) : null;
  const results = runResults(run, ending, pca);
  if (ending.kind === 'failed') io.err(problemText(ending.problem));
  const trained = await writeRunResults(folder, run, {
    ending: ending.kind,
    results,
    summary: runSummary({ run, document, ending, pca, note, ended: new Date() }),
    losses,
    ...(lossSteps && { lossSteps }),
    film: film.film(),
  });
  if (trained && layers.length > 0) {
    const names = await writeLayerFiles(run, folder.path, layers);
    io.err(`What layers give out is in ${names.join(', ')}\n`);
  }
  if (trained && save) {
    const model = await modelOfRun({
      run,
      document: movedDocument(document, save.baseFolder, dirname(save.path)),
      losses: { losses: Array.from(losses.values), ...(lossSteps && { lossSteps }) },
      metrics: { ending: ending.kind === 'failed' ? null : ending, pca: pca && { kind: 'pca', ...pca } },
      app: version,
      pictures: false,
    });
    await putModel(save.path, model, save, io);
    io.err(`The model is in ${save.path}\n`);
  }
  const { path: out } = await placed(folder, document, ending);
  io.err(`History${trained ? ', picture and weights' : ''} are in ${out}\n`);
  if (ending.kind !== 'completed' && keeper.hasKept) io.err(`Go on with it by: hourglass resume ${out}\n`);
  if (ending.kind !== 'failed' && !json) io.out(summaryText(results, pca?.components));
  tellJson({ event: ending.kind, ...results, out, peakBytes: peakMemory() });
  if (ending.kind === 'failed') return EXIT.problem;
  return ending.kind === 'stopped' ? EXIT.interrupted : EXIT.ok;
}

/** Where all is found that came of a run: the app's own that was interrupted gets the name that it lists. */
async function placed(folder: RunFolder, document: GraphDocument, ending: RunEnding): Promise<RunFolder> {
  const { path } = folder;
  const name = defaultRunFolder(dirname(dirname(path)), document.name, new Date());
  const place = isUnfinished(path) ? await folder.moveTo(name) : folder;
  if (ending.kind === 'completed') await new CheckpointFolder(join(place.path, CHECKPOINTS)).keepNewest();
  await place.finish();
  return place;
}

async function waitForPca(run: TrainingRun, io: CliIo): Promise<PcaLine | null> {
  const waiting = setTimeout(() => io.err('Waiting for the error of PCA, the line to beat.\n'), 500);
  try {
    return await run.pca;
  } catch (error) {
    // The training is not lost for it.
    reportBug(error, io);
    return null;
  } finally {
    clearTimeout(waiting);
  }
}

/** A run's event as a JSON line; the ending is told when its results are on disk, reconstructions are pictures. */
function jsonLine(event: RunEvent): Record<string, unknown> | null {
  switch (event.kind) {
    case 'started': {
      const { engine, ...run } = event.run;
      return {
        event: 'started',
        engine: engine.name,
        engineVersion: engine.version,
        threads: engine.threads,
        ...run,
      };
    }
    case 'progress':
    case 'epoch':
    case 'pca': {
      const { kind, ...figures } = event;
      return { event: kind, ...figures };
    }
    default:
      return null;
  }
}
