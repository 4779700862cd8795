import { resolve } from 'node:path';
import type { Asker } from '../../shared/ipc/client';
import type { CallParams, CallResult } from '../../shared/ipc/contract';
import { documentPath, isModel, readDocumentFile, replaceFile } from '../files/document-files';

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
