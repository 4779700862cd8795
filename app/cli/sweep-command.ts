import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Dataset } from '../../main/data/dataset';
import { openEngine } from '../../main/execute/engines';
import { SUMMARY } from '../../main/train/run-files';
import { withCodeSize } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import { validateDocument } from '../../shared/document/validate';
import { ProblemError } from '../../shared/errors/problem';
import { runSummaryFileSchema } from '../../shared/ipc/kept-run-schemas';
import { elbowOf } from '../../shared/sweeps/elbow';
import type { CliIo } from './cli-io';
import { drawingToTrain, loadData, withShape } from './drawing-and-data';
import { EXIT } from './exit-code';
import { getTensorFlow } from './get-tensorflow';
import { makeRunFolder, runPlace } from './model-place';
import { interruptibly, runToEnd } from './run-to-end';
import { textTable } from './text-table';
import type { TrainArguments } from './train-command';

export interface SweepArguments extends Omit<TrainArguments, 'layers' | 'save'> {
  readonly sizes: readonly number[];
}

/** One code size and what came of it; null where the run failed. */
interface Point {
  readonly size: number;
  readonly mse: number | null;
  readonly pcaMse: number | null;
  readonly seconds: number | null;
}

/**
 * `hourglass sweep FILE --sizes 2,4,8 …`: trains each code size, the smallest first, each into a folder of its own, and prints
 * errors beside PCA's and the size that is suggested.
 */
export async function sweep(args: SweepArguments, io: CliIo): Promise<number> {
  const file = resolve(io.workingFolder, args.file);
  const sizes = [...new Set(args.sizes)].sort((a, b) => a - b);
  const place = await runPlace(args, `${basename(file, extname(file))}-sizes`, io);
  const folderOf = (size: number) => join(place, `code-${size}`);
  for (const size of sizes) await runPlace({ ...args, out: folderOf(size) }, '', io);
  let loaded: { readonly drawings: readonly GraphDocument[]; readonly dataset: Dataset } | null = null;
  const ready = await interruptibly(io, async ({ signal, display }) => {
    const wanted = await drawingToTrain(file, args, io);
    const dataset = await loadData(wanted, dirname(file), signal, display);
    for (const note of dataset.notes) io.err(`${note}\n`);
    if (args.engine !== 'onnx') await getTensorFlow(io, { signal });
    const document = withShape(wanted, dataset.train.shape);
    loaded = { drawings: sizes.map((size) => sized(document, size)), dataset };
    return EXIT.ok;
  });
  if (ready !== EXIT.ok || !loaded) return ready;
  const { drawings, dataset }: { drawings: readonly GraphDocument[]; dataset: Dataset } = loaded;
  const executor = await openEngine(args.engine);
  // What a single run would say at its end is in the table.
  const quiet = { ...io, out: () => {} };
  const points: Point[] = [];
  for (const [index, document] of drawings.entries()) {
    const size = sizes[index] ?? 0;
    const folder = folderOf(size);
    io.err(`Code size ${size}, ${index + 1} of ${sizes.length}\n`);
    const create = () => makeRunFolder(folder, document, dirname(file), args, io);
    const code = await interruptibly(io, ({ display, follow }) =>
      runToEnd({ document, dataset, executor, create, follow, json: false, io: quiet, display }),
    );
    if (code === EXIT.interrupted) return code;
    points.push(await pointIn(folder, size));
  }
  const elbow = elbowOf(points.flatMap(({ size, mse }) => (mse === null ? [] : [{ size, error: mse }])));
  io.out(
    args.json ? `${JSON.stringify({ event: 'sweep', points, elbow, out: place })}\n` : report(points, elbow),
  );
  return points.some(({ mse }) => mse === null) ? EXIT.problem : EXIT.ok;
}

/** @throws ProblemError where the drawing can't be trained with a code of this size */
function sized(document: GraphDocument, size: number): GraphDocument {
  const drawing = withCodeSize(document, size);
  const [first, ...others] = validateDocument(drawing).filter(({ severity }) => severity === 'error');
  if (first) throw new ProblemError(first, ...others);
  return drawing;
}

/** By validation samples, or else by the test set. */
async function pointIn(folder: string, size: number): Promise<Point> {
  const text = await readFile(join(folder, SUMMARY), 'utf8');
  const { ending, mse, seconds } = runSummaryFileSchema.parse(JSON.parse(text));
  if (ending === 'failed') return { size, mse: null, pcaMse: null, seconds };
  return mse.validation !== null
    ? { size, mse: mse.validation, pcaMse: mse.pcaValidation, seconds }
    : { size, mse: mse.test, pcaMse: mse.pcaTest, seconds };
}

function report(points: readonly Point[], elbow: number | null): string {
  const number = (value: number | null) => value?.toFixed(5) ?? '–';
  const rows = points.map(({ size, mse, pcaMse, seconds }) => [
    String(size),
    number(mse),
    number(pcaMse),
    seconds === null ? '–' : `${seconds.toFixed(1)} s`,
    size === elbow ? 'suggested' : '',
  ]);
  return textTable([['code', 'MSE', 'PCA', 'time', ''], ...rows], [0, 1, 2, 3]);
}
