import { resolve } from 'node:path';
import type { Asker } from '../../shared/ipc/client';
import type { CallParams, CallResult } from '../../shared/ipc/contract';
import { documentPath, isModel, readDocumentFile, replaceFile } from '../files/document-files';
import type { KeptRuns } from '../files/kept-runs';

/**
 * Reads a drawing's file, also one that carries weights: that is never read as text here, but by the engine, which checks all of
 * it and hands out the drawing.
 *
 * @throws ProblemError as `readDocumentFile`, and with what is wrong with a model file
 */
export async function readDrawingFile(
  { path, drawingOnly = false }: CallParams<'files.read'>,
  engine: Asker,
): Promise<CallResult<'files.read'>> {
  if (!(await isModel(resolve(path)))) return readDocumentFile(path);
  const file = documentPath(path);
  if (drawingOnly) return { path: file, hash: '', ...(await engine.call('model.drawing', { path: file })) };
  const { text, stamp, about } = await engine.call('model.open', { path: file });
  return { path: file, text, hash: stamp, model: about };
}

/** Has the engine open a kept run as a model file is. @throws ProblemError where it holds no model, or a damaged one */
export async function openKeptRun(
  id: string,
  { runs, engine }: { readonly runs: Pick<KeptRuns, 'folderOf'>; readonly engine: Asker },
): Promise<CallResult<'runs.openTrained'>> {
  const folder = runs.folderOf(id);
  return { folder, ...(await engine.call('model.openFolder', { folder })) };
}

/**
 * Has the engine write a kept run as a model file, under the rules of every file of a drawing.
 *
 * @throws ProblemError as `writeDrawingWithWeights`
 */
export function writeKeptRun(
  { id, path, document, pictures }: CallParams<'runs.saveModel'>,
  { runs, engine }: { readonly runs: Pick<KeptRuns, 'folderOf'>; readonly engine: Asker },
  { app, keep }: { readonly app: string; readonly keep?: (file: string) => Promise<void> },
): Promise<CallResult<'runs.saveModel'>> {
  const source = { runId: null, modelId: null, file: null, folder: runs.folderOf(id) };
  return replaceFile(documentPath(path), { expectedHash: null, keep }, async (target) => {
    const order = { path: target, document, source, pictures, app };
    return (await engine.call('model.save', order)).stamp;
  });
}

/**
 * Has the engine write a drawing with weights, under the rules of every file of a drawing.
 *
 * @param keep given a file that is about to be replaced
 * @throws ProblemError as `writeDocumentFile`, and where there are no weights that fit
 */
export async function writeDrawingWithWeights(
  { path, document, expectedHash, source, pictures }: CallParams<'files.writeModel'>,
  engine: Asker,
  { app, keep }: { readonly app: string; readonly keep?: (file: string) => Promise<void> },
): Promise<CallResult<'files.writeModel'>> {
  let went = false;
  const written = await replaceFile(documentPath(path), { expectedHash, keep }, async (target) => {
    const order = { path: target, document, source, pictures, app };
    const saved = await engine.call('model.save', order);
    went = saved.pictures;
    return saved.stamp;
  });
  return { ...written, pictures: went };
}
