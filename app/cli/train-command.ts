import { basename, dirname, extname, resolve } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import type { EngineName } from '../../main/execute/executor';
import { isModel } from '../files/document-files';
import type { CliIo } from './cli-io';
import { type DrawingArguments, drawingToTrain, loadData, withShape } from './drawing-and-data';
import { getTensorFlow } from './get-tensorflow';
import { makeRunFolder, modelPath, runPlace } from './model-place';
import { interruptibly, runToEnd } from './run-to-end';
import { frozenDrawing, originOf, type WeightsArguments } from './weights-options';

export interface TrainArguments extends DrawingArguments, WeightsArguments {
  readonly engine?: EngineName;
  readonly out?: string;
  readonly json?: boolean;
  /** Also where memory is most likely short. */
  readonly anyway?: boolean;
  /** Layers whose representations are written too. */
  readonly layers?: readonly string[];
  /** A model file to write at the end. */
  readonly save?: string;
  /** Whether a run in `out`, and a file at `save`, give way. */
  readonly force?: boolean;
}

/** `hourglass train FILE …`: trains, shows how it goes, and writes history, picture and weights. */
export function train(args: TrainArguments, io: CliIo): Promise<number> {
  return interruptibly(io, async ({ signal, display, follow }) => {
    const file = resolve(io.workingFolder, args.file);
    // Said before anything is trained.
    const model = args.save === undefined ? null : await modelPath(args.save, args, io);
    const name = basename(file, extname(file));
    const place = await runPlace(args, name, io);
    const wanted = await drawingToTrain(file, args, io);
    const origin = await originOf(args, io);
    if (!origin && (await isModel(file)))
      io.err(`It begins with new weights; “hourglass resume ${args.file}” trains those of the file on.\n`);
    const dataset = await loadData(wanted, dirname(file), signal, display);
    const document = frozenDrawing(withShape(wanted, dataset.train.shape), args.freeze);
    for (const note of dataset.notes) io.err(`${note}\n`);
    if (args.engine !== 'onnx') await getTensorFlow(io, { signal });
    const executor = await openEngine(args.engine);
    signal.throwIfAborted();
    if (!args.engine && executor.describe().name === 'onnx') {
      io.err('Training with ONNX Runtime; TensorFlow, which is faster, is not here.\n');
    }
    const create = () => makeRunFolder(place, document, dirname(file), args, io);
    const { layers = [], json = false, anyway = false, force = false } = args;
    const save = model === null ? null : { path: model, baseFolder: dirname(file), force };
    const weights = origin ? { weights: origin } : {};
    const shown = { layers, save, json, anyway, io, display };
    return runToEnd({ document, dataset, executor, create, follow, ...shown, ...weights });
  });
}
