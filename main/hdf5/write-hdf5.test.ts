import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadHdf5 } from './load-hdf5';
import { writeHdf5 } from './write-hdf5';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-hdf5-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('writes arrays in groups, with a text on a group, which the library reads back', async () => {
  const path = join(folder, 'weights.h5');
  const kernel = Float32Array.of(1.5, -2, 3, 4e-30, 5, Math.fround(0.1));
  const seed = Uint32Array.of(4_294_967_295, 0);
  await writeHdf5(
    path,
    [
      { path: 'layers/dense/vars/0', shape: [2, 3], data: kernel },
      { path: 'layers/dense/vars/1', shape: [0], data: new Float32Array(0) },
      { path: 'layers/dropout/seed/0', shape: [2], data: seed },
    ],
    [{ path: 'layers/dense/vars', name: 'name', text: 'dense “1”' }],
  );
  const { File, Dataset, Group } = await loadHdf5();
  const file = new File(path, 'r');
  try {
    const read = (place: string) => {
      const found = file.get(place);
      if (!(found instanceof Dataset)) throw new Error(`no array at ${place}`);
      return { shape: found.shape, value: found.value };
    };
    expect(read('layers/dense/vars/0')).toEqual({ shape: [2, 3], value: kernel });
    expect(read('layers/dense/vars/1').shape).toEqual([0]);
    expect(read('layers/dropout/seed/0')).toEqual({ shape: [2], value: seed });
    const group = file.get('layers/dense/vars');
    expect(group instanceof Group && group.attrs.name?.value).toBe('dense “1”');
  } finally {
    file.close();
  }
});

it('leaves a file that is there as it is', async () => {
  const path = join(folder, 'there.h5');
  await writeFile(path, 'mine');
  await expect(writeHdf5(path, [])).rejects.toThrow(path);
  expect(await readFile(path, 'utf8')).toBe('mine');
});

it('says where it could not write', async () => {
  await expect(writeHdf5(join(folder, 'no', 'such.h5'), [])).rejects.toMatchObject({ name: 'ProblemError' });
});
