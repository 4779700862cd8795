import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import { TrainingRun } from '../../main/train/training-run';
import { parseDocument } from '../../shared/document/document-text';
import { peakMemoryMB, type Task } from './measurement';
import { serve } from './serve';

const root = process.env.HOURGLASS_ROOT ?? process.cwd();
const engine = process.argv[2] === 'onnx' ? 'onnx' : 'tensorflow';
const streaming = process.argv[3] === 'streaming';

/** Hourglass as the app runs it: a whole TrainingRun, with or without reconstructions streamed to a reader. */
await serve(async (task: Task) => {
  const executor = await openEngine(engine);
  const example = parseDocument(readFileSync(join(root, `examples/mnist-${task.model}.hourglass`), 'utf8'));
  const samples = new Uint8Array(readFileSync(task.samplesFile));
  const dataset = {
    name: 'bench',
    train: { dtype: 'uint8' as const, count: task.count, shape: [28, 28, 1], values: samples, labels: null },
    test: null,
    labelNames: null,
    range: [0, 1] as const,
    fingerprint: 'bench',
    notes: [],
  };
  // As for the others: every sample is trained on, nothing is evaluated between epochs.
  const training = {
    ...example.training,
    batchSize: task.batchSize,
    epochs: task.epochs + 1,
    validationShare: 0,
  };
  return async () => {
    const ends: number[] = [];
    const run = new TrainingRun({
      document: { ...example, training },
      dataset,
      executor,
      onEvent: (event) => {
        if (event.kind === 'epoch') ends.push(performance.now());
      },
      options: { reconstructions: streaming, pca: false },
    });
    await run.start();
    const { kind } = await run.finished;
    await run.dispose();
    if (kind !== 'completed' || ends.length < 2) throw new Error(`The run ended ${kind}.`);
    const seconds = ((ends.at(-1) ?? 0) - (ends[0] ?? 0)) / 1000;
    return { samplesPerSecond: (task.count * task.epochs) / seconds, peakMemoryMB: peakMemoryMB() };
  };
});
