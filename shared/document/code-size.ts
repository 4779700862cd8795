import { blockOf } from '../blocks/catalogue';
import { setParameter } from './edit-settings';
import type { GraphDocument } from './graph-document';

/** How many values the code has; null while there is none. */
export function codeSizeOf({ blocks }: GraphDocument): number | null {
  const size = blocks.find(({ type }) => blockOf(type)?.role === 'code')?.params.size;
  return typeof size === 'number' ? size : null;
}

/** The same drawing with a code of another size and nothing else changed. Throws ProblemError for a size out of range. */
export function withCodeSize(doc: GraphDocument, size: number): GraphDocument {
  const code = doc.blocks.find(({ type }) => blockOf(type)?.role === 'code');
  return code ? setParameter(doc, code.id, 'size', size) : doc;
}
