import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelToSave } from '../../main/models/fixtures/model-to-save';
import { readModelFile } from '../../main/models/model-file-reader';
import { writeModelFile } from '../../main/models/model-file-writer';
import { ProblemError } from '../../shared/errors/problem';
import type { FuzzedReader } from './reader';

/** Small bounds, so that what is tried costs little; they are the same code whatever they are. */
const LIMITS = { textBytes: 4_000_000, archive: { bytes: 64_000_000, freeBytes: 1_000_000 } };

/** Model files as a whole: archive, manifest, and what is behind them. */
export const zip: FuzzedReader = {
  name: 'zip',
  async seeds() {
    const folder = await mkdtemp(join(tmpdir(), 'hourglass-seeds-'));
    const path = join(folder, 'seed.hourglass');
    try {
      await writeModelFile(path, modelToSave());
      const whole = await readFile(path);
      await writeModelFile(path, { ...modelToSave(), state: null, thumbnail: Uint8Array.of(1, 2, 3) });
      return [whole, await readFile(path)];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  async read(bytes, folder) {
    const path = join(folder, 'tried.hourglass');
    await writeFile(path, bytes);
    await readModelFile(path, LIMITS);
  },
  isRefusal: (error) => error instanceof ProblemError,
};
