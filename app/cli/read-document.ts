import { resolve } from 'node:path';
import { readModelFile } from '../../main/models/model-file-reader';
import { parseDocument } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { documentPath, isModel, readDocumentFile } from '../files/document-files';
import type { CliIo } from './cli-io';

/** Reads a drawing, also of a file that carries weights. @throws ProblemError where there is none, or it is not one */
export async function readDocument(file: string, io: CliIo): Promise<GraphDocument> {
  const path = documentPath(resolve(io.workingFolder, file));
  if (await isModel(path)) return (await readModelFile(path)).document;
  const { text } = await readDocumentFile(path);
  return parseDocument(text);
}
