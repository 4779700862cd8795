import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';
import { openNpy } from '../data/npy/open-npy';
import { npyHead, openRepresentation } from './layer-export';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-export-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('writes NPY that this very app reads as data, batch after batch', async () => {
  const path = join(folder, 'maps.npy');
  const writer = await openRepresentation({ path, shape: [2, 2, 3], rows: 3, labelled: false });
  const values = Float32Array.from({ length: 36 }, (_, at) => at / 7 - 2);
  await writer.write(values.subarray(0, 24), [0, 1], null);
  await writer.write(values.subarray(24), [2], null);
  expect(await readdir(folder)).not.toContain('maps.npy');
  await writer.finish();
  expect(await readdir(folder)).toEqual(['maps.npy']);
  const { train } = await openNpy(path, false, {});
  expect([train.count, train.shape, train.dtype]).toEqual([3, [2, 2, 3], 'float32']);
  expect([...train.values]).toEqual([...values]);
});

it('pads the heading of NPY to a multiple of 64 bytes', () => {
  for (const shape of [[5], [70_000, 784], [3, 128, 128, 64]]) {
    const head = Buffer.from(npyHead(shape));
    expect(head.length % 64).toBe(0);
    expect(head.toString('latin1', 10)).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(.*\), \} *\n$/,
    );
    expect(head.readUInt16LE(8)).toBe(head.length - 10);
  }
});

it('writes CSV with every value named by its place, and numbers that come back the same', async () => {
  const path = join(folder, 'code.csv');
  const writer = await openRepresentation({ path, shape: [3], rows: 2, labelled: true });
  const values = Float32Array.of(0.1, -2, 1 / 3, 1e-20, 16_777_217, 0);
  await writer.write(values, [17, 4], [1, 0]);
  await writer.finish();
  const [head, ...rows] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(head).toBe('sample,label,u0,u1,u2');
  const named = await openRepresentation({ path, shape: [2], rows: 0, labelled: false, name: 'Edges' });
  await named.finish();
  expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
    ['17', '1'],
    ['4', '0'],
  ]);
  const read = rows.flatMap((row) => row.split(',').slice(2).map(Number));
  expect([...Float32Array.from(read)]).toEqual([...values]);
  expect(rows[0]).toContain(',0.1,');
  expect(await readFile(path, 'utf8')).toBe('sample,Edges_u0,Edges_u1\n');
});

it('names the places of pictures and series', async () => {
  const heads: string[] = [];
  for (const shape of [
    [1, 2, 2],
    [2, 2],
  ]) {
    const path = join(folder, `${shape.length}.csv`);
    const writer = await openRepresentation({ path, shape, rows: 0, labelled: false });
    await writer.finish();
    heads.push((await readFile(path, 'utf8')).trim());
  }
  expect(heads).toEqual(['sample,y0_x0_c0,y0_x0_c1,y0_x1_c0,y0_x1_c1', 'sample,t0_c0,t0_c1,t1_c0,t1_c1']);
});

it('leaves nothing behind when it is abandoned, and says where a folder is missing', async () => {
  const writer = await openRepresentation({
    path: join(folder, 'a.npy'),
    shape: [1],
    rows: 1,
    labelled: false,
  });
  await writer.write(Float32Array.of(1), [0], null);
  await writer.abandon();
  expect(await readdir(folder)).toEqual([]);
  const missing = openRepresentation({
    path: join(folder, 'no', 'a.npy'),
    shape: [1],
    rows: 1,
    labelled: false,
  });
  const error = await missing.catch((thrown: unknown) => thrown);
  expect(error instanceof ProblemError && error.problems[0].code).toBe('FILE_MISSING');
});
