import { join } from 'node:path';
import { writeHdf5 } from '../../hdf5/write-hdf5';
import type { ExportFormat } from '../format';
import { networkNotes } from '../network/network-notes';
import { describedSubject, networkProblems } from '../network/subject-network';
import { traceNetwork } from '../network/trace-network';
import { isOwnProgram, moduleName } from '../python/program-folder';
import { writeFlushed } from '../write-flushed';
import { kerasCode } from './keras-code';
import { kerasNetworkOf } from './keras-file';
import { kerasNotes } from './keras-notes';
import { kerasWeights } from './keras-weights';

const TITLE = 'Keras code';
const WEIGHTS = '.weights.h5';

/** A Python program that builds the network in Keras 3, as a person would write it, and its weights beside it. */
export const kerasProgram: ExportFormat = {
  name: 'keras-code',
  title: TITLE,
  about: 'A folder with a Python program to read and change, and its weights: Keras 3, the functional API.',
  extension: null,
  parts: ['whole', 'encoder', 'decoder'],
  problems: (subject) => networkProblems(TITLE, subject),
  notes: (subject) => [...networkNotes(subject), ...kerasNotes(traceNetwork(TITLE, subject))],
  async write(subject, path) {
    const network = kerasNetworkOf(subject);
    const name = moduleName(subject.name);
    const { datasets, attributes } = kerasWeights(network);
    await writeHdf5(join(path, `${name}${WEIGHTS}`), datasets, attributes);
    const code = kerasCode(network, describedSubject(subject), `${name}${WEIGHTS}`);
    await writeFlushed(join(path, `${name}.py`), [code]);
  },
  isOwn: (folder) => isOwnProgram(folder, WEIGHTS),
  check: null,
};
