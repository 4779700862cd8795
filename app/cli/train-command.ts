import { basename, dirname, extname, resolve } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import type { EngineName } from '../../main/execute/executor';
import { FilmStrip } from '../../main/train/film-strip';
import { LossHistory } from '../../main/train/loss-history';
import { defaultRunFolder, RunFolder } from '../../main/train/run-folder';
import { describeData, runResults, writeRunResults } from '../../main/train/run-results';
import { runSummary } from '../../main/train/run-summary';
import { type PcaLine, type RunEnding, TrainingRun } from '../../main/train/training-run';
import { version } from '../../package.json';
import type { Scaling } from '../../shared/document/data-reference';
import type { GraphDocument } from '../../shared/document/graph-document';
import { Cancelled } from '../../shared/errors/problem';
import type { RunEvent } from '../../shared/ipc/contract';
import { type Measured, measures } from '../../shared/measures/catalogue';
import type { CliIo } from './cli-io';
import { type DrawingArguments, drawingToTrain, loadData, withShape } from './drawing-and-data';
import { EXIT } from './exit-code';
import { getTensorFlow } from './get-tensorflow';
import { writeLayerFiles } from './layer-files';
import { problemText, reportBug } from './report-error';
import { textTable } from './text-table';
import { TrainDisplay } from './train-display';

export interface TrainArguments extends DrawingArguments {
  readonly engine?: EngineName;
  readonly out?: string;
  readonly json?: boolean;
  /** Layers whose representations are written too. */
  readonly layers?: readonly string[];
}

/** `hourglass train FILE …`: trains, shows how it goes, and writes history, picture and weights. */
export async function train(args: TrainArguments, io: CliIo): Promise<number> {
  const interruption = new AbortController();
  let run: TrainingRun | null = null;
  const stopListening = io.onInterrupt(() => {
    // A second Ctrl+C does not wait for anything.
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort(new Cancelled());
    run?.stop();
  });
  const display = new TrainDisplay(io);
  const tellJson = (value: unknown) => args.json && io.out(`${JSON.stringify(value)}\n`);
  try {
    const file = resolve(io.workingFolder, args.file);
    const wanted = await drawingToTrain(file, args, io);
    const dataset = await loadData(wanted, dirname(file), interruption.signal, display);
    const document = withShape(wanted, dataset.train.shape);
    for (const note of dataset.notes) io.err(`${note}\n`);
    if (args.engine !== 'onnx') await getTensorFlow(io, { signal: interruption.signal });
    const executor = await openEngine(args.engine);
    interruption.signal.throwIfAborted();
    if (!args.engine && executor.describe().name === 'onnx') {
      io.err('Training with ONNX Runtime; TensorFlow, which is faster, is not here.\n');
    }
    const losses = new LossHistory();
    const film = new FilmStrip();
    const onEvent = (event: RunEvent) => {
      display.show(event);
      if (event.kind === 'progress') losses.append(event.losses);
      if (event.kind === 'reconstructions') film.add(event);
      const line = jsonLine(event);
      if (line) tellJson(line);
    };
    run = new TrainingRun({ document, dataset, executor, onEvent, options: { layerRecords: false } });
    run.layers.expectLayers(args.layers ?? []);
    for (const warning of run.warnings) io.err(problemText(warning));
    const name = basename(file, extname(file));
    const place = args.out
      ? resolve(io.workingFolder, args.out)
      : defaultRunFolder(io.workingFolder, name, new Date());
    const folder = await RunFolder.create(place, document, dirname(file));
    tellJson({ event: 'data', ...describeData(dataset), out: folder.path });
    run.start();
    return await finish(run, await run.finished, folder, { args, io, tellJson, losses, film, document });
  } finally {
    stopListening();
    display.close();
    await run?.dispose();
  }
}

interface FinishContext {
  readonly args: TrainArguments;
  readonly io: CliIo;
  readonly losses: LossHistory;
  readonly film: FilmStrip;
  readonly document: GraphDocument;
  tellJson(value: unknown): void;
}

/** Writes the results and says the last words. */
async function finish(
  run: TrainingRun,
  ending: RunEnding,
  folder: RunFolder,
  { args, io, tellJson, losses, film, document }: FinishContext,
): Promise<number> {
  const pca = ending.kind === 'completed' ? await waitForPca(run, io) : null;
  const results = { ...runResults(run, ending, pca), out: folder.path };
  if (ending.kind === 'failed') io.err(problemText(ending.problem));
  const note = { app: version };
  const trained = await writeRunResults(folder, run, {
    ending: ending.kind,
    results,
    summary: runSummary({ run, document, ending, pca, note, ended: new Date() }),
    losses,
    film: film.film(),
  });
  if (trained && args.layers) {
    const names = await writeLayerFiles(run, folder.path, args.layers);
    io.err(`What layers give out is in ${names.join(', ')}\n`);
  }
  io.err(`History${trained ? ', picture and weights' : ''} are in ${folder.path}\n`);
  if (ending.kind !== 'failed' && !args.json) io.out(summaryText(results, pca?.components));
  tellJson({ event: ending.kind, ...results });
  if (ending.kind === 'failed') return EXIT.problem;
  return ending.kind === 'stopped' ? EXIT.interrupted : EXIT.ok;
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

type ShownFigures = Measured & { readonly pca?: Measured };

interface Shown {
  readonly engine: string;
  readonly scaling: Scaling;
  readonly samplesPerSecond?: number;
  readonly validation?: ShownFigures | null;
  readonly test?: ShownFigures | null;
  readonly keptEpoch?: number | null;
  readonly activity?: { mean: number; units: number; from: number; to: number; share: number };
}

function summaryText(
  { engine, samplesPerSecond, validation, test, keptEpoch, activity, scaling }: Shown,
  components = 0,
): string {
  const rows = [['engine', engine]];
  if (samplesPerSecond !== undefined) {
    rows.push(['speed', `${Math.round(samplesPerSecond).toLocaleString('en')} samples/s`]);
  }
  for (const [split, figures] of [['validation', validation] as const, ['test', test] as const]) {
    for (const { type, brief, unit } of measures) {
      const value = figures?.[type];
      if (value === undefined) continue;
      const of = (number: number) => (unit ? `${number.toFixed(2)} ${unit}` : number.toFixed(5));
      const pca = figures?.pca?.[type];
      const line = pca === undefined ? '' : ` (PCA with ${components}: ${of(pca)})`;
      rows.push([`${split} ${brief}`, `${of(value)}${line}${unit ? '' : SCALES[scaling]}`]);
    }
  }
  if (activity) {
    const { mean, units, from, to, share } = activity;
    const near = `${(100 * share).toFixed(1)}% of ${units.toLocaleString('en')} units at ${from}–${to}`;
    rows.push(['code activity', `mean ${mean.toFixed(4)}, ${near}`]);
  }
  if (keptEpoch) rows.push(['weights', `of epoch ${keptEpoch}, the best; later ones were no better`]);
  return textTable(rows);
}

/** In what an error is told, where that is not the data's own scale. */
const SCALES: Readonly<Record<Scaling, string>> = {
  none: '',
  standardise: ', of standardised values',
  'min-max': ', of values scaled to 0–1',
};

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
