import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { problem } from '../../../shared/errors/catalogue';
import { fileProblem } from '../../../shared/errors/file-problem';
import { OUTPUT } from '../../../shared/plan/mirror';
import { spaceOf } from '../../../shared/tasks/catalogue';
import { writeHdf5 } from '../../hdf5/write-hdf5';
import { CheckedArchive } from '../../models/checked-archive';
import type { ExportFormat, ExportStamp, ExportSubject } from '../format';
import { networkNotes } from '../network/network-notes';
import { networkProblems, numbersOf } from '../network/subject-network';
import { traceNetwork } from '../network/trace-network';
import { stampOf } from '../stamp-json';
import { kerasConfig } from './keras-config';
import { type KerasNetwork, kerasNetwork } from './keras-layers';
import { kerasNotes } from './keras-notes';
import { kerasWeights } from './keras-weights';
import { MOST_BYTES, rerunKeras } from './rerun-keras';

const TITLE = 'Keras';
const METADATA = 'metadata.json';
/** The first version that has all that is written: nothing of the format depends on it. */
const KERAS_VERSION = '3.0.0';

export function kerasNetworkOf(subject: ExportSubject): KerasNetwork {
  return kerasNetwork(traceNetwork(TITLE, subject), subject.model.document, numbersOf(subject));
}

/** Keras 3's own file: a zip of the configuration, which names layers of Keras alone, and an HDF5 file of the weights. */
export const kerasFile: ExportFormat = {
  name: 'keras',
  title: TITLE,
  about: 'One .keras file, which keras.models.load_model of Keras 3 opens without further code.',
  extension: '.keras',
  parts: ['whole', 'encoder', 'decoder'],
  problems(subject) {
    const [found, ...others] = networkProblems(TITLE, subject);
    if (found || spaceOf(subject.plan.task) === 'rgb') return found ? [found, ...others] : [];
    const what = 'it puts colours together of lightness, a* and b*, for which there is no layer';
    return [problem('EXPORT_LACKS', { title: TITLE, block: 'the output', what }, { nodeId: OUTPUT })];
  },
  notes: (subject) => [...networkNotes(subject), ...kerasNotes(traceNetwork(TITLE, subject))],
  async write(subject, path) {
    const network = kerasNetworkOf(subject);
    const weights = `${path}.weights.h5`;
    const { datasets, attributes } = kerasWeights(network);
    try {
      await writeHdf5(weights, datasets, attributes);
      const archive = new ZipFile();
      const add = (name: string, content: object) =>
        archive.addBuffer(Buffer.from(JSON.stringify(content)), name, { compress: false });
      add(METADATA, { keras_version: KERAS_VERSION, date_saved: dateSaved(new Date()) });
      add('config.json', kerasConfig(network, subject.name));
      archive.addFile(weights, 'model.weights.h5', { compress: false });
      archive.end();
      await pipeline(archive.outputStream, createWriteStream(path, { flags: 'wx', flush: true }));
    } catch (error) {
      throw fileProblem(error, path, 'write');
    } finally {
      await rm(weights, { force: true });
    }
  },
  check: {
    samples: 3,
    canRun: ({ model }) => bytesOf(model.weights) <= MOST_BYTES,
    run: (path, _subject, batches, { signal }) => rerunKeras(path, batches, signal),
    stamp: stampKeras,
  },
};

function bytesOf(weights: ExportSubject['model']['weights']): number {
  return [...weights.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
}

/** What is read is good until the next is asked for; the archive that is made asks ahead. */
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Uint8Array.from(chunk);
}

/** Writes the archive anew with the stamp in its metadata, of which Keras reads what it knows. */
async function stampKeras(path: string, stamp: ExportStamp): Promise<void> {
  const stamped = `${path}.stamped`;
  const archive = await CheckedArchive.open(path);
  try {
    const metadata = JSON.parse(new TextDecoder().decode(await archive.readWhole(METADATA, 1_000_000)));
    const made = new ZipFile();
    const text = JSON.stringify({ ...metadata, hourglass: stampOf(stamp) });
    made.addBuffer(Buffer.from(text), METADATA, { compress: false });
    for (const name of archive.names.filter((each) => each !== METADATA)) {
      const options = { compress: false, size: archive.sizeOf(name) };
      made.addReadStream(Readable.from(copies(archive.read(name))), name, options);
    }
    made.end();
    await pipeline(made.outputStream, createWriteStream(stamped, { flags: 'wx', flush: true }));
  } finally {
    await archive.close();
  }
  await rename(stamped, path);
}

/** As Keras writes it: `2026-01-31@14:05:09`. */
function dateSaved(now: Date): string {
  return now.toISOString().slice(0, 19).replace('T', '@');
}
