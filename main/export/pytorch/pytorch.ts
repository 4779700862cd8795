import { join } from 'node:path';
import { safetensorsBytes } from '../../train/safetensors';
import type { ExportFormat } from '../format';
import { networkNotes } from '../network/network-notes';
import { describedSubject, networkProblems, numbersOf } from '../network/subject-network';
import { traceNetwork } from '../network/trace-network';
import { isOwnProgram, moduleName } from '../python/program-folder';
import { writeFlushed } from '../write-flushed';
import { torchCode } from './torch-code';
import { torchModule } from './torch-module';

const TITLE = 'PyTorch';
const WEIGHTS = '.safetensors';

/** A Python program with the network as a module of PyTorch, as a person would write it, and its state beside it. */
export const pytorch: ExportFormat = {
  name: 'pytorch',
  title: TITLE,
  about: 'A folder with a Python program to read and change, and its weights as safetensors.',
  extension: null,
  parts: ['whole', 'encoder', 'decoder'],
  problems: (subject) => networkProblems(TITLE, subject),
  notes: networkNotes,
  async write(subject, path) {
    const module = torchModule(traceNetwork(TITLE, subject), subject.model.document, numbersOf(subject));
    const name = moduleName(subject.name);
    const state = new Map(
      [...module.state].map(([key, tensor]) => [key, { dtype: 'float32' as const, ...tensor }]),
    );
    await writeFlushed(join(path, `${name}${WEIGHTS}`), [safetensorsBytes(state, { format: 'pt' })]);
    const code = torchCode(module, describedSubject(subject), `${name}${WEIGHTS}`);
    await writeFlushed(join(path, `${name}.py`), [code]);
  },
  isOwn: (folder) => isOwnProgram(folder, WEIGHTS),
  check: null,
};
