import { documentHash } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { useDocument } from './document-store';

const known = new WeakMap<GraphDocument, string>();

/** `documentHash`, remembered by identity: documents are never changed in place. */
export function hashOf(document: GraphDocument): string {
  const remembered = known.get(document);
  if (remembered) return remembered;
  const hash = documentHash(document);
  known.set(document, hash);
  return hash;
}

/** The hash of the drawing on the canvas: a run is of this drawing where it has the same. */
export function useDocumentHash(): string {
  return useDocument((state) => hashOf(state.history.present));
}
