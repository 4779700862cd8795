import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { z } from 'zod';
import { EXPORT_PARTS } from '../../../shared/export/export-part';
import { valueCount } from '../../../shared/tensors/shape';
import { loadHdf5 } from '../../hdf5/load-hdf5';
import { exportProblems, subjectOf } from '../export-model';
import { models } from '../fixtures/models';
import { kerasFile } from './keras-file';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-keras-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const configSchema = z.object({
  class_name: z.literal('Functional'),
  config: z.object({
    input_layers: z.tuple([z.string(), z.literal(0), z.literal(0)]),
    output_layers: z.tuple([z.string(), z.literal(0), z.literal(0)]),
    layers: z.array(
      z.object({
        name: z.string(),
        class_name: z.string(),
        module: z.enum(['keras.layers', 'keras.src.ops.numpy']),
        config: z.looseObject({ name: z.string() }),
        inbound_nodes: z.array(z.object({ args: z.array(z.unknown()) })),
      }),
    ),
  }),
});

type Variables = ReadonlyMap<string, { shape: readonly number[]; values: readonly number[] }>;

/** What lies in a `.keras` file: its configuration, and the variables as the HDF5 library reads them. */
async function contentOf(path: string) {
  const archive = await openPromise(path, { lazyEntries: true });
  const files = new Map<string, Buffer>();
  for await (const entry of archive.eachEntry()) {
    files.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)));
  }
  const json = (name: string) => JSON.parse(String(files.get(name)));
  const weights = `${path}.h5`;
  await writeFile(weights, files.get('model.weights.h5') ?? '');
  const { File, Dataset } = await loadHdf5();
  const file = new File(weights, 'r');
  try {
    const variables: Variables = new Map(
      file.paths().flatMap((at) => {
        const found = file.get(at);
        if (!(found instanceof Dataset)) return [];
        const values = Array.from(found.value as Float32Array);
        return [[at.replace(/^\//, ''), { shape: found.shape ?? [], values }] as const];
      }),
    );
    return {
      names: [...files.keys()],
      metadata: json('metadata.json'),
      config: configSchema.parse(json('config.json')),
      variables,
    };
  } finally {
    file.close();
  }
}

let count = 0;
async function written(name: string, part: (typeof EXPORT_PARTS)[number] = 'whole') {
  const model = models[name]!();
  const path = join(folder, `model-${count++}.keras`);
  await kerasFile.write(subjectOf({ model, part, name: 'small' }), path, {});
  return { model, ...(await contentOf(path)) };
}

it('is a zip of a configuration, metadata and weights, as Keras 3 writes it', async () => {
  const { names, metadata, config, variables, model } = await written('dense');
  expect(names.toSorted()).toEqual(['config.json', 'metadata.json', 'model.weights.h5']);
  expect(metadata).toEqual({
    keras_version: '3.0.0',
    date_saved: expect.stringMatching(/^\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d$/),
  });
  const { layers, input_layers, output_layers } = config.config;
  expect(layers.map(({ class_name, name }) => `${class_name} ${name}`)).toEqual([
    'InputLayer input',
    'Rescaling input_scale',
    'Flatten dense_1_flatten',
    'Dense dense_1',
    'Dense code',
    'Dense code_mirror',
    'Dense dense_1_mirror',
    'Reshape dense_1_flatten_mirror',
    'Rescaling output',
  ]);
  expect([input_layers[0], output_layers[0]]).toEqual(['input', 'output']);
  expect(layers[3]?.config).toMatchObject({ units: 12, activation: 'relu', use_bias: true });
  // Counted by their class, in Keras' order.
  expect([...variables.keys()].toSorted()).toEqual(
    ['dense', 'dense_1', 'dense_2', 'dense_3'].flatMap((each) =>
      [0, 1].map((at) => `layers/${each}/vars/${at}`),
    ),
  );
  const kernel = model.weights.get('code/kernel');
  expect(variables.get('layers/dense_1/vars/0')).toEqual({
    shape: kernel?.shape,
    values: Array.from(kernel?.data ?? []),
  });
});

it('turns the kernel of a tied twin', async () => {
  const { variables, config, model } = await written('tied weights');
  const twin = config.config.layers
    .filter(({ class_name }) => class_name === 'Dense')
    .findIndex(({ name }) => name === 'dense_1_mirror');
  const found = variables.get(`layers/dense_${twin}/vars/0`);
  const kernel = model.weights.get('dense-1/kernel');
  const [rows = 0, columns = 0] = kernel?.shape ?? [];
  expect(found?.shape).toEqual([columns, rows]);
  expect(found?.values[1]).toBe(kernel?.data[columns]);
});

describe.each(Object.keys(models))('%s', (name) => {
  it.each(EXPORT_PARTS)(
    '%s: layers of Keras alone, each behind those it reads, with all their variables',
    async (part) => {
      const model = models[name]!();
      const subject = subjectOf({ model, part, name: 'small' });
      const refused = exportProblems(kerasFile, subject);
      if (refused.length > 0) {
        expect(refused[0]?.code).toBe(whatIsRefused(name, part));
        return;
      }
      expect(whatIsRefused(name, part)).toBe(null);
      const { config, variables } = await written(name, part);
      const known = new Set<string>();
      for (const { name: own, inbound_nodes } of config.config.layers) {
        const reads = JSON.stringify(inbound_nodes).matchAll(/"keras_history":\["([^"]+)",0,0\]/g);
        for (const [, read] of reads) expect(known).toContain(read);
        expect(own).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(known.has(own)).toBe(false);
        known.add(own);
      }
      for (const { shape, values } of variables.values()) {
        expect(values).toHaveLength(valueCount(shape));
        expect(values.every(Number.isFinite)).toBe(true);
      }
    },
  );
});

/** What cannot be exported, and why: all that is not said here can. */
function whatIsRefused(name: string, part: string): string | null {
  if (part === 'decoder' && name === 'skips') return 'CODE_NOT_ENOUGH';
  if (name !== 'colours with their lightness kept') return null;
  return part === 'decoder' ? 'CODE_WITHOUT_LIGHTNESS' : 'EXPORT_LACKS';
}
