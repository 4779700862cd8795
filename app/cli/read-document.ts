import { readFile } from 'node:fs/promises';
import { parseDocument } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';

export async function readDocument(path: string): Promise<GraphDocument> {
  return parseDocument(await readFile(path, 'utf8'));
}
