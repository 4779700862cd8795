import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import { Client } from '../../shared/ipc/client';
import type { StreamEvent } from '../../shared/ipc/contract';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { serve } from '../../shared/ipc/server';
import { chained } from '../../shared/plan/random-stacks';
import { openNpy } from '../data/npy/open-npy';
import { npyBytes } from '../data/test-files';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import { barPictures, trainedFolder } from '../models/fixtures/trained-folder';
import { createEngineService } from './engine-service';

let folder: string;
const service = createEngineService(() => 'ref');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-encode-'));
  const empty = emptyDocument();
  const document = {
    ...empty,
    ...chained([newBlock('input', 'input'), newBlock('code', 'code', { size: 2 })]),
    data: { kind: 'npy', path: 'bars.npy', shape: [6, 6, 1] } as const,
    training: { ...empty.training, batchSize: 16, epochs: 1 },
  };
  const executor = await createOnnxExecutor();
  const run = await trainedFolder(join(folder, 'run'), { executor, document, dataset: barPictures(40) });
  await run.dispose();
});
afterAll(async () => {
  await service.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function encode(
  data: string,
  out: string,
  watch: (event: StreamEvent<'model.encode'>, cancel: () => void) => void = () => {},
) {
  const [near, far] = memoryPair((message) => structuredClone(message));
  serve(far, service.handlers, { report: () => 'ref' });
  const order = { model: { folder: join(folder, 'run') }, data: join(folder, data), out: join(folder, out) };
  const events: StreamEvent<'model.encode'>[] = [];
  const stream = new Client(near).stream('model.encode', { ...order, engine: 'onnx' }, (event) => {
    events.push(event);
    watch(event, () => stream.cancel());
  });
  await stream.ended;
  return events;
}

const pictures = (count: number) => npyBytes('|u1', `(${count}, 6, 6)`, new Uint8Array(count * 36).fill(9));

it('writes the codes of a data set and tells how far it is', async () => {
  await writeFile(join(folder, 'many.npy'), pictures(40_000));
  const events = await encode('many.npy', 'codes.npy');
  expect(events[0]).toMatchObject({ kind: 'progress', unit: 'bytes', total: 40_000 * 36 });
  const written = { kind: 'written', path: join(folder, 'codes.npy'), codes: 40_000, values: 2, notes: [] };
  expect(events.at(-1)).toEqual(written);
  expect((await openNpy(join(folder, 'codes.npy'), false, {})).train).toMatchObject({
    count: 40_000,
    shape: [2],
  });
});

it('leaves nothing where it is called off, or the data do not fit', async () => {
  await writeFile(join(folder, 'other.npy'), npyBytes('|u1', '(2, 5, 6)', new Uint8Array(60)));
  const before = await readdir(folder);
  const calledOff = encode('many.npy', 'none.npy', (_, cancel) => cancel());
  await expect(calledOff).rejects.toThrow(Cancelled);
  await expect(encode('other.npy', 'none.npy')).rejects.toThrow(ProblemError);
  // What was called off may take a moment to be taken away.
  await expect.poll(() => readdir(folder)).toEqual(before);
});
