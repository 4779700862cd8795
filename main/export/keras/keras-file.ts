import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { fileProblem } from '../../../shared/errors/file-problem';
import { writeHdf5 } from '../../hdf5/write-hdf5';
import type { ExportFormat, ExportSubject } from '../format';
import { networkNotes } from '../network/network-notes';
import { networkProblems, numbersOf } from '../network/subject-network';
import { traceNetwork } from '../network/trace-network';
import { kerasConfig } from './keras-config';
import { type KerasNetwork, kerasNetwork } from './keras-layers';
import { kerasNotes } from './keras-notes';
import { kerasWeights } from './keras-weights';

const TITLE = 'Keras';
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
  problems: (subject) => networkProblems(TITLE, subject),
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
      add('metadata.json', { keras_version: KERAS_VERSION, date_saved: dateSaved(new Date()) });
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
  check: null,
};

/** As Keras writes it: `2026-01-31@14:05:09`. */
function dateSaved(now: Date): string {
  return now.toISOString().slice(0, 19).replace('T', '@');
}
