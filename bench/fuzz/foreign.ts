import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawModel } from '../../main/import/draw-model';
import { IMPORT_LIMITS } from '../../main/import/import-limits';
import { readForeign } from '../../main/import/read-foreign';
import { CheckedArchive } from '../../main/models/checked-archive';
import { rawZip } from '../../main/models/fixtures/raw-zip';
import { ProblemError } from '../../shared/errors/problem';
import { Hdf5Thread } from './hdf5-thread';
import type { FuzzedReader } from './reader';

const fixtures = join(process.env.HOURGLASS_ROOT ?? process.cwd(), 'main', 'import', 'fixtures');
/** What small files may need, so that what asks for more is refused before it is given. */
const LIMITS = {
  ...IMPORT_LIMITS,
  weightBytes: 64 * 1024 ** 2,
  hdf5: { bytes: 64 * 1024 ** 2 },
};

/** These have some kilobytes, which are read in milliseconds; damaged ones can lead the library in circles. */
const DEADLINE = 500;
const thread = new Hdf5Thread(DEADLINE);

/** Reads a model of another program and draws it, as `hourglass import` does before it runs it. */
function foreign(name: string, file: string, seeds: readonly string[]): FuzzedReader {
  return {
    name,
    seeds: () => Promise.all(seeds.map((each) => readFile(join(fixtures, each)))),
    async read(bytes, folder) {
      const path = join(folder, file);
      await writeFile(path, bytes);
      drawModel((await readForeign(path, LIMITS, thread.read)).model);
    },
    isRefusal: (error) => error instanceof ProblemError,
  };
}

export const onnx = foreign('onnx', 'model.onnx', [
  'torch-conv.onnx',
  'torch-pool.onnx',
  'keras-halves.onnx',
  'keras-series.onnx',
]);

/** What keeps a thread for HDF5 going, and tries fewer files in CI, as some of them take until the deadline. */
const threaded = { tries: 40, end: () => thread.end(), stopped: () => thread.stopped };

export const hdf5: FuzzedReader = {
  ...foreign('hdf5', 'model.h5', ['keras-dense.h5', 'keras-halves.h5']),
  ...threaded,
};

/** The config and list of weights; the weights themselves are any numbers. */
export const layersModel: FuzzedReader = {
  ...foreign('layers-model', 'model.json', ['layers-model/model.json']),
  async read(bytes, folder) {
    await writeFile(
      join(folder, 'weights.bin'),
      await readFile(join(fixtures, 'layers-model', 'weights.bin')),
    );
    const path = join(folder, 'model.json');
    await writeFile(path, bytes);
    drawModel((await readForeign(path, LIMITS)).model);
  },
};

/** Keras' zips, one entry of which was tampered with: nothing stops at a checksum. */
export const keras: FuzzedReader = {
  ...foreign('keras', 'model.keras', ['keras-dense.keras', 'keras-odd.keras']),
  ...threaded,
  async tamper(seed, change, below) {
    const path = join(fixtures, seed.length < 30_000 ? 'keras-dense.keras' : 'keras-odd.keras');
    const archive = await CheckedArchive.open(path);
    try {
      const names = archive.names;
      const tampered = names[below(names.length)];
      const entries = await Promise.all(
        names.map(async (name) => ({ name, bytes: await archive.readWhole(name, 2 ** 24), packed: true })),
      );
      return rawZip(
        entries.map((entry) => (entry.name === tampered ? { ...entry, bytes: change(entry.bytes) } : entry)),
      );
    } finally {
      await archive.close();
    }
  },
};
