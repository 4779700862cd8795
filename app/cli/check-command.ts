import { dirname, resolve } from 'node:path';
import { checkDrawing } from '../../main/check/check-drawing';
import type { Dataset } from '../../main/data/dataset';
import { openEngine } from '../../main/execute/engines';
import type { EngineName } from '../../main/execute/executor';
import { type PcaLine, pcaLine, pcaLineOf } from '../../main/train/pca-line';
import { prepareRun } from '../../main/train/run-preparation';
import { frozenCount, isFrozen } from '../../shared/blocks/freezing';
import type { GraphDocument } from '../../shared/document/graph-document';
import { validateDocument } from '../../shared/document/validate';
import { Cancelled, type Problem, ProblemError } from '../../shared/errors/problem';
import { megabytes } from '../../shared/errors/sentence';
import type { Layer } from '../../shared/plan/plan';
import { planDocument } from '../../shared/plan/plan-document';
import { formatShape } from '../../shared/tensors/shape';
import type { CliIo } from './cli-io';
import { type DrawingArguments, drawingFor, loadData, withShape } from './drawing-and-data';
import { EXIT } from './exit-code';
import { problemText } from './report-error';
import { textTable } from './text-table';
import { duration, TrainDisplay } from './train-display';

export interface CheckArguments extends DrawingArguments {
  readonly engine?: EngineName;
  /** Looks at the drawing and at nothing else. */
  readonly drawingOnly?: boolean;
  readonly json?: boolean;
}

type Checked = NonNullable<Awaited<ReturnType<typeof checkDrawing>>>;
type Takes = Omit<Checked, 'problems'> & {
  /** The line to beat; absent where there is none. */
  readonly target?: PcaLine;
};

/** What is known of a drawing: what is wrong with it, its layers, and what a run takes where that could be measured. */
interface Findings {
  readonly problems: readonly Problem[];
  readonly layers: readonly Layer[];
  readonly takes: Takes | null;
}

const count = (value: number) => value.toLocaleString('en');

/**
 * `hourglass check FILE`: every Problem with its block and parameter, every layer whose shape could be found, and, with the
 * data at hand, what goes badly with them and what a run takes: as the window's Check. Ends with 1 where anything is an error.
 */
export async function check(args: CheckArguments, io: CliIo): Promise<number> {
  const interruption = new AbortController();
  const stopListening = io.onInterrupt(() => interruption.abort(new Cancelled()));
  const display = new TrainDisplay(io);
  try {
    const found = await findingsOf(args, io, interruption.signal, display);
    const errors = found.problems.filter(({ severity }) => severity === 'error').length;
    if (args.json) io.out(`${JSON.stringify(jsonOf(found))}\n`);
    else io.out(textOf(found, errors));
    return errors > 0 ? EXIT.problem : EXIT.ok;
  } finally {
    stopListening();
    display.close();
  }
}

/** @throws Cancelled where the signal fires */
async function findingsOf(
  args: CheckArguments,
  io: CliIo,
  signal: AbortSignal,
  display: TrainDisplay,
): Promise<Findings> {
  const file = resolve(io.workingFolder, args.file);
  let known: Findings = { problems: [], layers: [], takes: null };
  try {
    const drawing = await drawingFor(file, args, io);
    known = ofDrawing(drawing);
    if (args.drawingOnly) return known;
    const dataset = await dataOf(drawing, { args, io, folder: dirname(file), signal, display });
    if (!dataset) return known;
    const document = withShape(drawing, dataset.train.shape);
    known = ofDrawing(document);
    for (const note of dataset.notes) io.err(`${note}\n`);
    if (known.problems.some(({ severity }) => severity === 'error')) return known;
    const executor = await openEngine(args.engine);
    const go = async () => !signal.aborted;
    const checked = await checkDrawing(document, dataset, executor, go);
    if (!checked) throw new Cancelled();
    const { problems, ...takes } = checked;
    const wanted = pcaLineOf(prepareRun(document, dataset), executor);
    const target = wanted && (await pcaLine(wanted, signal));
    return { ...known, problems, takes: { ...takes, ...(target && { target }) } };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const said = new Set(error.problems.map(({ message }) => message));
    return {
      ...known,
      problems: [...error.problems, ...known.problems.filter(({ message }) => !said.has(message))],
    };
  }
}

function ofDrawing(document: GraphDocument): Findings {
  return {
    problems: validateDocument(document),
    layers: [...planDocument(document).layers.values()],
    takes: null,
  };
}

interface LoadContext {
  readonly args: CheckArguments;
  readonly io: CliIo;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly display: TrainDisplay;
}

/**
 * The data to check with. Where the drawing's own are not here, it is checked without them: drawings are shared without
 * their data. @returns null then
 */
async function dataOf(
  drawing: GraphDocument,
  { args, io, folder, signal, display }: LoadContext,
): Promise<Dataset | null> {
  try {
    return await loadData(drawing, folder, signal, display);
  } catch (error) {
    const isAbsent = error instanceof ProblemError && error.problems[0].code === 'DATA_PATH_MISSING';
    if (!isAbsent || args.data !== undefined) throw error;
    io.err(`${error.problems[0].message} The drawing was checked without its data; --data names others.\n`);
    return null;
  }
}

function textOf({ problems, layers, takes }: Findings, errors: number): string {
  const parts = [
    ...(layers.length > 0 ? [layerTable(layers)] : []),
    ...(takes ? [takesTable(takes)] : []),
    ...problems.map(problemText),
    problems.length === 0
      ? 'Nothing is wrong; it can be trained.\n'
      : `${errors} ${errors === 1 ? 'error' : 'errors'}, ${problems.length - errors} warnings\n`,
  ];
  return layers.length > 0 ? parts.join('\n') : `\n${parts.join('\n')}`;
}

function layerTable(layers: readonly Layer[]): string {
  const rows = layers.map((layer) => [
    layer.id,
    layer.type,
    `${formatShape(layer.inputShape)} → ${formatShape(layer.outputShape)}`,
    layer.activation === 'linear' ? '' : layer.activation,
    `${isFrozen(layer) && layer.parameterCount > 0 ? 'frozen ' : ''}${count(layer.parameterCount)}`,
  ]);
  const heading = ['layer', 'type', 'shape', 'activation', 'parameters'];
  const total = layers.reduce((sum, layer) => sum + layer.parameterCount, 0);
  const frozen = frozenCount(layers);
  const shares = [
    ['', '', '', 'trainable', count(total - frozen)],
    ['', '', '', 'frozen', count(frozen)],
  ];
  const sums = [...(frozen > 0 ? shares : []), ['', '', '', 'total', count(total)]];
  return textTable([heading, ...rows, ...sums], [4]);
}

function takesTable({ engine, secondsPerEpoch, epochs, stages = [], bytes, target }: Takes): string {
  const time = (seconds: number) => (seconds < 10 ? `${seconds.toPrecision(2)} s` : duration(seconds));
  const line = (each: number, times: number) =>
    `about ${time(each)} an epoch, ${time(each * times)} for ${count(times)}`;
  return textTable([
    ['engine', engine],
    ...stages.map((stage) => [`pre-training ${stage.block}`, line(stage.secondsPerEpoch, stage.epochs)]),
    ...(secondsPerEpoch === null ? [] : [['training', line(secondsPerEpoch, epochs)]]),
    ['memory', `about ${megabytes(bytes)}`],
    ...(target ? [['to beat', targetLine(target)]] : []),
  ]);
}

function targetLine({ components, validation: { loss, mse } }: PcaLine): string {
  return `PCA with ${components} ${components === 1 ? 'value' : 'values'}: loss ${loss.toPrecision(4)}, MSE ${mse.toPrecision(4)}`;
}

function jsonOf({ problems, layers, takes }: Findings) {
  return {
    event: 'checked',
    problems,
    layers: layers.map((layer) => ({
      id: layer.id,
      type: layer.type,
      inputShape: layer.inputShape,
      outputShape: layer.outputShape,
      activation: layer.activation,
      parameters: layer.parameterCount,
      frozen: isFrozen(layer),
    })),
    ...takes,
  };
}
