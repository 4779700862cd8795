import { dirname, resolve } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import { findLearningRate } from '../../main/train/learning-rate-search';
import { Cancelled } from '../../shared/errors/problem';
import type { CliIo } from './cli-io';
import { drawingToTrain, loadData } from './drawing-and-data';
import { EXIT } from './exit-code';
import { getTensorFlow } from './get-tensorflow';
import type { TrainArguments } from './train-command';
import { TrainDisplay } from './train-display';
import { frozenDrawing, originOf } from './weights-options';

type FindRateArguments = Omit<TrainArguments, 'epochs' | 'out' | 'json'>;

/** `hourglass find-rate FILE`: prints the learning rate to begin with; what was found on the way goes to stderr. */
export async function findRate(args: FindRateArguments, io: CliIo): Promise<number> {
  const interruption = new AbortController();
  const stopListening = io.onInterrupt(() => interruption.abort(new Cancelled()));
  const display = new TrainDisplay(io);
  try {
    const file = resolve(io.workingFolder, args.file);
    const drawing = await drawingToTrain(file, args, io);
    const origin = await originOf(args, io);
    const document = frozenDrawing(drawing, args.freeze);
    const dataset = await loadData(document, dirname(file), interruption.signal, display);
    if (args.engine !== 'onnx') await getTensorFlow(io, { signal: interruption.signal });
    const executor = await openEngine(args.engine);
    const found = await findLearningRate(
      document,
      dataset,
      executor,
      async () => !interruption.signal.aborted,
      origin,
    );
    if (!found) return EXIT.interrupted;
    const { points, suggestion } = found;
    const last = points.at(-1);
    if (last) io.err(`${points.length} steps, up to a learning rate of ${last.rate.toPrecision(2)}\n`);
    if (suggestion === null) {
      io.err('The loss fell at none of these rates.\n');
      return EXIT.problem;
    }
    io.out(`${suggestion}\n`);
    return EXIT.ok;
  } finally {
    stopListening();
    display.close();
  }
}
