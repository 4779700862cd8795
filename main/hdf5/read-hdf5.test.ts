import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';
import type { Hdf5Limits } from './hdf5-content';
import { loadHdf5 } from './load-hdf5';
import { readHdf5 } from './read-hdf5';

type Hdf5 = Awaited<ReturnType<typeof loadHdf5>>;

let folder: string;
let workerUrl: URL;
const source = fileURLToPath(new URL('./hdf5-worker.ts', import.meta.url));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-read-hdf5-'));
  // Beside the sources, where the library is found.
  const outfile = fileURLToPath(new URL('../../dist/hdf5-test/hdf5-worker.mjs', import.meta.url));
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['h5wasm'],
    logLevel: 'warning',
  });
  workerUrl = pathToFileURL(outfile);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;

/** The bytes of a file made by the library itself. */
async function fileWith(make: (file: InstanceType<Hdf5['File']>) => void): Promise<Uint8Array> {
  const { File } = await loadHdf5();
  const path = join(folder, `${files++}.h5`);
  const file = new File(path, 'w');
  make(file);
  file.close();
  return readFile(path);
}

async function refusal(bytes: Uint8Array, limits: Partial<Hdf5Limits> = {}): Promise<string> {
  const error = await readHdf5(bytes, 'model.h5', limits, workerUrl).catch((thrown: unknown) => thrown);
  if (error instanceof ProblemError) return `${error.problems[0].code}: ${error.problems[0].message}`;
  throw error instanceof Error ? error : new Error('The file was read.');
}

it('reads arrays of several types, and texts, in a thread of its own', async () => {
  const bytes = await fileWith((file) => {
    file.create_attribute('model_config', '{"class_name":"Sequential"}');
    file.create_group('a').create_group('b');
    file.create_dataset({ name: 'a/double', data: new Float64Array([0.1, 2]), shape: [2, 1] });
    file.create_dataset({
      name: 'packed',
      data: new Float32Array(4_096).fill(3),
      shape: [64, 64],
      chunks: [8, 64],
      compression: 9,
    });
  });
  const { datasets, texts } = await readHdf5(bytes, 'model.h5', {}, workerUrl);
  expect(texts.get(' model_config')).toBe('{"class_name":"Sequential"}');
  expect(datasets.get('a/double')).toEqual({ shape: [2, 1], data: Float32Array.of(0.1, 2) });
  expect(datasets.get('packed')).toEqual({ shape: [64, 64], data: new Float32Array(4_096).fill(3) });
});

it('follows no link to another file', async () => {
  const bytes = await fileWith((file) => {
    file.create_external_link('/etc/hostname', '/', 'outside');
  });
  expect(await refusal(bytes)).toMatch(/IMPORT_DAMAGED.*“outside” is a link to another file/);
});

it('refuses links that lead nowhere, and groups in a circle', async () => {
  const dangling = await fileWith((file) => {
    file.create_soft_link('/nothing/here', 'dangling');
  });
  expect(await refusal(dangling)).toMatch(/IMPORT_DAMAGED/);
  const circle = await fileWith((file) => {
    file.create_group('a');
    file.create_hard_link('/', 'a/root');
  });
  expect(await refusal(circle)).toMatch(/too deep, or in a circle/);
});

it('refuses arrays that unpack to far more than the file', async () => {
  const bytes = await fileWith((file) => {
    const data = new Float32Array(2 ** 20);
    file.create_dataset({ name: 'bomb', data, shape: [2 ** 20], chunks: [2 ** 20], compression: 9 });
  });
  expect(bytes.length).toBeLessThan(20_000);
  expect(await refusal(bytes, { freeBytes: 1_000_000 })).toMatch(/IMPORT_TOO_LARGE/);
});

it('ends a reading that takes too long', async () => {
  const bytes = await fileWith((file) => {
    file.create_group('a');
  });
  expect(await refusal(bytes, { milliseconds: 1 })).toMatch(/came to no end/);
});

it('refuses what is no HDF5', async () => {
  expect(await refusal(new TextEncoder().encode('not HDF5 at all'))).toMatch(/IMPORT_DAMAGED/);
  expect(await refusal(new Uint8Array())).toMatch(/IMPORT_DAMAGED/);
});
