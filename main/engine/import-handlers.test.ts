import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { parseDocument } from '../../shared/document/document-text';
import { Client } from '../../shared/ipc/client';
import type { RunEvent } from '../../shared/ipc/contract';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { serve } from '../../shared/ipc/server';
import { npyBytes, temporaryFolder } from '../data/test-files';
import { readModelFile } from '../models/model-file-reader';
import { createEngineService } from './engine-service';

const folder = await temporaryFolder();
const faults: unknown[] = [];
const service = createEngineService((error) => `ref-${faults.push(error)}`);
const [near, far] = memoryPair((message) => structuredClone(message));
serve(far, service.handlers, { report: (error) => `ref-${faults.push(error)}` });
const client = new Client(near);
afterAll(async () => {
  await service.dispose();
  expect(faults).toEqual([]);
});

const fixture = (name: string) => fileURLToPath(new URL(`../import/fixtures/${name}`, import.meta.url));

it('keeps an imported model, which is then looked into and saved as one that was opened', async () => {
  const { text, about, madeBy, check } = await client.call('model.import', {
    path: fixture('torch-conv.onnx'),
  });
  expect(madeBy).toMatch(/^ONNX by pytorch/);
  expect(check.by).toMatch(/^ONNX Runtime/);
  const document = parseDocument(text);
  const values = Float32Array.from({ length: 40 * 144 }, (_, index) => (index % 7) / 7);
  await writeFile(
    join(folder, 'samples.npy'),
    npyBytes('<f4', '(40, 12, 12, 1)', new Uint8Array(values.buffer)),
  );
  const drawing = { document: { ...document }, baseFolder: folder };
  const { runId } = await client.call('model.use', { modelId: about.modelId, ...drawing });
  const told: RunEvent[] = [];
  await client.stream('run.events', { runId, after: -1 }, (event) => void told.push(event)).ended;
  expect(told.map(({ kind }) => kind)).toContain('reconstructions');

  const path = join(folder, 'imported.hourglass');
  const source = { runId: null, modelId: about.modelId, file: null };
  await client.call('model.save', { path, document: { ...document }, source, pictures: false, app: 'test' });
  const saved = await readModelFile(path);
  expect(saved.weights.get('conv-1/kernel')?.shape).toEqual([4, 4, 1, 3]);
});

it('says what is in the way', async () => {
  const refused = client.call('model.import', { path: fixture('keras-lambda.keras') });
  await expect(refused).rejects.toMatchObject({ problems: [{ code: 'IMPORT_CODE' }] });
});
