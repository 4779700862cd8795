import { extname, resolve } from 'node:path';
import type { ModelFile } from '../../main/models/model-file';
import { readModelFile } from '../../main/models/model-file-reader';
import { parseDocument } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { drawingOfLink, isDrawingLink } from '../../shared/sharing/drawing-link';
import { sharedDocument } from '../../shared/sharing/shared-document';
import { isModel, readDocumentFile } from '../files/document-files';
import type { CliIo } from './cli-io';

/**
 * Reads a drawing: a `*.hourglass` file, with weights or without, a picture with a drawing inside, or a link.
 *
 * @throws ProblemError where there is none, or it is not one
 */
export async function readDocument(file: string, io: CliIo): Promise<GraphDocument> {
  if (isDrawingLink(file)) return drawingOfLink(file);
  const path = resolve(io.workingFolder, file);
  if (await isModel(path)) return (await readModelFile(path)).document;
  const document = parseDocument((await readDocumentFile(path)).text);
  // Whoever made a picture, it leads nowhere on this machine but beside itself.
  return extname(path).toLowerCase() === '.png' ? sharedDocument(document) : document;
}

/** Reads a drawing's file that has weights in it. @throws ProblemError MODEL_NONE where it has none, and as `readModelFile` */
export async function openModelFile(path: string): Promise<ModelFile> {
  if (await isModel(path)) return readModelFile(path);
  throw new ProblemError(problem('MODEL_NONE', { path, why: 'it is a file without weights' }));
}
