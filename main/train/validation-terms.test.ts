import { expect, it } from 'vitest';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import type { RunEvent } from '../../shared/ipc/contract';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import { TrainingRun } from './training-run';

const blocks = [
  newBlock('input', 'input'),
  newBlock('conv', 'conv-1', { filters: 4, stride: 2 }),
  newBlock('code', 'code', { size: 4 }),
];
const document: GraphDocument = {
  ...emptyDocument(),
  data: { kind: 'npy', path: 'bytes.npy', shape: [8, 8, 1] },
  blocks,
  wires: [
    { from: 'input', to: 'conv-1' },
    { from: 'conv-1', to: 'code' },
  ],
  output: { activation: 'sigmoid', loss: 'mse', lossWeight: 2, addedLosses: [{ loss: 'mae', weight: 0.5 }] },
  training: { ...emptyDocument().training, batchSize: 16, epochs: 2, validationShare: 0.3 },
};

it.each(enginesHere('terms of validation'))(
  'tells of validation what its loss is the sum of, %s',
  async (_, create) => {
    const epochs: Extract<RunEvent, { kind: 'epoch' }>[] = [];
    const run = new TrainingRun({
      document,
      dataset: {
        name: 'Bytes',
        train: {
          dtype: 'uint8',
          count: 90,
          shape: [8, 8, 1],
          values: Uint8Array.from(uniforms(3, 'samples', 0, 90 * 64), (u) => Math.floor(256 * u)),
          labels: null,
        },
        test: null,
        labelNames: null,
        range: [0, 1],
        fingerprint: 'bytes',
        notes: [],
      },
      executor: await create(),
      onEvent: (event) => event.kind === 'epoch' && epochs.push(event),
      options: { pca: false },
    });
    run.start();
    expect((await run.finished).kind).toBe('completed');
    expect(epochs).toHaveLength(2);
    for (const { validation } of epochs) {
      const { mse = 0, mae = 0 } = validation?.terms ?? {};
      expect(mae).toBeGreaterThan(0);
      // The error's weight is 2.
      expect(mse).toBeCloseTo(2 * (validation?.mse ?? Number.NaN), 5);
      expect(mse + mae).toBeCloseTo(validation?.loss ?? Number.NaN, 5);
    }
    // A checkpoint keeps them.
    const { progress } = await run.checkpoint();
    expect(progress.epochs[1]?.validation?.terms).toEqual(epochs[1]?.validation?.terms);
    await run.dispose();
  },
);
