import { resolve } from 'node:path';
import { parseDocument } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { readDocumentFile } from '../files/document-files';
import type { CliIo } from './cli-io';

/** Reads a drawing. @throws ProblemError where there is none, or it is not one */
export async function readDocument(file: string, io: CliIo): Promise<GraphDocument> {
  const { text } = await readDocumentFile(resolve(io.workingFolder, file));
  return parseDocument(text);
}
