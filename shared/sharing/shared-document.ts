import type { GraphDocument } from '../document/graph-document';

/**
 * A drawing as it is given away: of data in files it says the kind and the name, and neither where they lie nor the fingerprint of what is
 * in them. Nothing else in a drawing is of its maker's machine. Drawings that come in are made the same, so that none leads to a place on
 * the machine it comes to.
 */
export function sharedDocument(document: GraphDocument): GraphDocument {
  const { data } = document;
  if (data.kind === 'builtin') return document;
  const { fingerprint: _, ...rest } = data;
  return { ...document, data: { ...rest, path: dataName(data.path) } };
}

/** The last part of a path, of whatever system; `data` where that says nothing. */
export function dataName(path: string): string {
  const name = path.split(/[\\/]/).findLast((part) => part.trim() !== '') ?? '';
  // A part that leads elsewhere, or a drive (`C:`), is no name.
  return /^\.*$/.test(name) || name.endsWith(':') ? 'data' : name;
}
