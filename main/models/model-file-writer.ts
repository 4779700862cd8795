import { realpath } from 'node:fs/promises';
import { documentHash, documentText } from '../../shared/document/document-text';
import { fileProblem } from '../../shared/errors/file-problem';
import { safetensorsPieces } from '../train/safetensors';
import { type ArchiveEntry, entryOf, writeArchive } from './archive-writer';
import { writeAtomically } from './atomic-file';
import type { ModelFile } from './model-file';
import { ENTRIES, MODEL_FILE_VERSION, type ModelManifest } from './model-manifest';
import { modelStamp } from './model-stamp';
import { stateTensors } from './model-state';

/** What is saved; who saves it and when is added. */
export interface ModelToSave extends Omit<ModelFile, 'manifest'> {
  readonly manifest: Pick<ModelManifest, 'app' | 'engine' | 'trained' | 'data'>;
}

/**
 * Writes a model file whole or not at all: streamed from the tensors it is given, flushed, then renamed over what was there. A
 * link keeps being one.
 *
 * @returns the file's stamp
 * @throws ProblemError where the system refuses or the disk is full; what was there stays then
 */
export async function writeModelFile(path: string, model: ModelToSave): Promise<string> {
  try {
    const target = await realpath(path).catch(() => path);
    await writeAtomically(target, (handle) =>
      writeArchive(handle, entriesOf(model), (written) => {
        const manifest: ModelManifest = {
          format: 'hourglass-model',
          version: MODEL_FILE_VERSION,
          ...model.manifest,
          saved: Date.now(),
          entries: { ...written },
        };
        return jsonEntry(ENTRIES.manifest, manifest);
      }),
    );
    return await modelStamp(target);
  } catch (error) {
    throw fileProblem(error, path, 'write');
  }
}

function entriesOf({ document, weights, preprocessing, ...model }: ModelToSave): ArchiveEntry[] {
  const { state, history, metrics, thumbnail } = model;
  const metadata = { format: 'hourglass', documentHash: documentHash(document) };
  const tensors = safetensorsPieces(weights, metadata);
  const going = state && stateTensors(state, weights);
  const beside = going && safetensorsPieces(going.tensors, going.metadata);
  return [
    // First what is small, so that the drawing is found at once by whatever reads the archive from its beginning.
    entryOf(ENTRIES.document, new TextEncoder().encode(documentText(document)), true),
    jsonEntry(ENTRIES.preprocessing, preprocessing),
    jsonEntry(ENTRIES.metrics, metrics),
    jsonEntry(ENTRIES.history, history),
    ...(thumbnail ? [entryOf(ENTRIES.thumbnail, thumbnail, false)] : []),
    { name: ENTRIES.weights, ...tensors, packed: false },
    ...(beside ? [{ name: ENTRIES.state, ...beside, packed: false }] : []),
  ];
}

function jsonEntry(name: string, value: object): ArchiveEntry {
  return entryOf(name, new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`), true);
}
