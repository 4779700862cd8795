import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePrograms } from '../../scripts/node-programs.mjs';
import { readers } from './readers';
import { randomNumbers, tampered } from './tampering';

const folder = await mkdtemp(join(tmpdir(), 'hourglass-cases-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const TRIES = 150;
// HDF5 files, damaged, can lead the library in circles: they are read in a thread that can be ended.
beforeAll(() => build(nodePrograms({ 'hdf5-loop': 'bench/fuzz/hdf5-loop.ts' }, 'dist/fuzz')));
const cases = join(import.meta.dirname, 'cases');

describe.each(readers.map((reader) => [reader.name, reader] as const))('the reader of %s', (name, reader) => {
  const isTaken = async (bytes: Uint8Array) => {
    try {
      await reader.read(bytes, folder);
      return true;
    } catch (error) {
      if (!reader.isRefusal(error)) throw error;
      return false;
    }
  };

  afterAll(() => reader.end?.());

  it('takes whole files', async () => {
    for (const seed of await reader.seeds()) expect(await isTaken(seed)).toBe(true);
  });

  const tries = reader.tries ?? TRIES;
  it(`refuses or takes ${tries} that were tampered with, and never crashes`, async () => {
    const below = randomNumbers(20_261_127);
    const seeds = await reader.seeds();
    let refused = 0;
    for (let tried = 0; tried < tries; tried++) {
      const seed = seeds[below(seeds.length)]!;
      const change = (bytes: Uint8Array) => tampered(bytes, below);
      const bytes = reader.tamper ? await reader.tamper(seed, change, below) : change(seed);
      if (!(await isTaken(bytes))) refused += 1;
    }
    expect(refused).toBeGreaterThan(tries / 3);
  });

  it('does not crash on what once made it crash', async () => {
    const names = (await readdir(cases).catch(() => [])).filter((each) => each.startsWith(`${name}-`));
    for (const each of names) await isTaken(await readFile(join(cases, each)));
  });
});
