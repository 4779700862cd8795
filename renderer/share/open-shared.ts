import type { GraphDocument } from '../../shared/document/graph-document';
import { holdData } from '../data/data-store';
import { openDocument } from '../state/document-store';

/**
 * Opens a drawing that somebody gave away, in a picture or as a link, as a new one. Its data in files are not opened before the user says
 * so.
 */
export function openShared(document: GraphDocument): void {
  holdData(document);
  openDocument(document, null);
}
