import { readFileSync } from 'node:fs';
import type * as tfNamespace from '@tensorflow/tfjs-node';
import { loadTfjsNode } from '../../main/execute/tensorflow/load-tfjs-node';
import { peakMemoryMB, type Task } from './measurement';
import { serve } from './serve';

type TensorFlow = typeof tfNamespace;

function dense(tf: TensorFlow) {
  const { dense } = tf.layers;
  return tf.sequential({
    layers: [
      dense({ inputShape: [784], units: 256, activation: 'relu' }),
      dense({ units: 64, activation: 'relu' }),
      dense({ units: 32 }),
      dense({ units: 64, activation: 'relu' }),
      dense({ units: 256, activation: 'relu' }),
      dense({ units: 784, activation: 'sigmoid' }),
    ],
  });
}

function conv(tf: TensorFlow) {
  const { conv2d, conv2dTranspose, dense, flatten, reshape } = tf.layers;
  const shared = { kernelSize: 3, strides: 2, padding: 'same' } as const;
  return tf.sequential({
    layers: [
      conv2d({ ...shared, inputShape: [28, 28, 1], filters: 32, activation: 'relu' }),
      conv2d({ ...shared, filters: 64, activation: 'relu' }),
      flatten(),
      dense({ units: 32 }),
      dense({ units: 7 * 7 * 64, activation: 'relu' }),
      reshape({ targetShape: [7, 7, 64] }),
      conv2dTranspose({ ...shared, filters: 32, activation: 'relu' }),
      conv2dTranspose({ ...shared, filters: 1, activation: 'sigmoid' }),
    ],
  });
}

/** tfjs-layers' own `fit` in tfjs-node: an eager op at a time. */
await serve(async (task: Task) => {
  const tf = await loadTfjsNode();
  const pixels = readFileSync(task.samplesFile);
  const shape = task.model === 'dense' ? [task.count, 784] : [task.count, 28, 28, 1];
  const samples = tf.tensor(
    Float32Array.from(pixels, (value) => value / 255),
    shape,
  );
  const model = task.model === 'dense' ? dense(tf) : conv(tf);
  model.compile({
    optimizer: tf.train.adam(1e-3),
    loss: task.model === 'dense' ? 'binaryCrossentropy' : 'meanSquaredError',
  });
  return async () => {
    const ends: number[] = [];
    await model.fit(samples, samples, {
      batchSize: task.batchSize,
      epochs: task.epochs + 1,
      shuffle: true,
      verbose: 0,
      callbacks: { onEpochEnd: () => void ends.push(performance.now()) },
    });
    const seconds = ((ends.at(-1) ?? 0) - (ends[0] ?? 0)) / 1000;
    return { samplesPerSecond: (task.count * task.epochs) / seconds, peakMemoryMB: peakMemoryMB() };
  };
});
