import { problem } from '../errors/catalogue';
import { ProblemError } from '../errors/problem';
import { drawingOf } from '../plan/drawing';
import { nodeOwner, twinId } from '../plan/mirror';
import { type Clipping, canCopy } from './clipping';
import { MAX_BLOCKS } from './document-schema';
import { nextBlockId } from './edit-blocks';
import { canConnect, connect } from './edit-wires';
import type { DocumentBlock, GraphDocument } from './graph-document';
import { type Group, nextGroupId } from './groups';
import { MAX_NOTES, nextNoteId } from './notes';
import { type Position, wholePosition, wholePositions } from './positions';
import { tidy } from './tidy';

/** How far aside each further copy stands, in pixels at zoom 1. */
const ASIDE = 40;

/** The ids that the blocks and notes of a clipping get in a drawing, by those they had. */
export function pastedIds(doc: GraphDocument, { part }: Clipping): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  let blocks: readonly DocumentBlock[] = doc.blocks;
  for (const block of part.blocks) {
    if (canCopy(part, block.id) !== null) continue;
    const id = nextBlockId({ ...doc, blocks }, block.type);
    ids.set(block.id, id);
    blocks = [...blocks, { ...block, id }];
  }
  let notes = doc.notes ?? [];
  for (const note of part.notes ?? []) {
    const id = nextNoteId(notes);
    ids.set(note.id, id);
    notes = [...notes, { ...note, id }];
  }
  return ids;
}

/**
 * Pastes blocks with new ids (`pastedIds`) and all that goes with them, in the places they had or, where blocks stand
 * there, a little aside. `wired` also draws the wires that led into them, from the blocks of these ids, where this drawing
 * has them and allows it. Throws ProblemError where that makes too many blocks or notes.
 */
export function pasteClipping(doc: GraphDocument, clipping: Clipping, wired = false): GraphDocument {
  const { part, incoming } = clipping;
  const ids = pastedIds(doc, clipping);
  limit('blocks', doc.blocks.length + part.blocks.length, MAX_BLOCKS);
  limit('notes', (doc.notes ?? []).length + (part.notes ?? []).length, MAX_NOTES);
  const blocks = part.blocks.flatMap((block) => {
    const id = ids.get(block.id);
    return id === undefined ? [] : [{ ...block, id }];
  });
  const wires = part.wires.flatMap(({ from, to }) => {
    const [source, target] = [ids.get(from), ids.get(to)];
    return source === undefined || target === undefined ? [] : [{ from: source, to: target }];
  });
  const by = roomAside(doc, part);
  const notes = (part.notes ?? []).map(({ id, x, y, ...note }) => {
    const place = wholePosition({ x: x + by, y: y + by }) ?? { x, y };
    return { id: ids.get(id) ?? id, ...note, ...place };
  });
  const pasted = tidy({
    ...doc,
    blocks: [...doc.blocks, ...blocks],
    wires: [...doc.wires, ...wires],
    decoder: { ...doc.decoder, ...renamed(part.decoder, ids) },
    skips: { ...doc.skips, ...renamed(part.skips, ids) },
    tied: [...doc.tied, ...part.tied.flatMap((id) => ids.get(id) ?? [])],
    bypassed: [...(doc.bypassed ?? []), ...(part.bypassed ?? []).flatMap((id) => ids.get(id) ?? [])],
    layout: { ...doc.layout, ...wholePositions(renamed(placesAside(part, by), ids)) },
    notes: [...(doc.notes ?? []), ...notes],
    groups: [...(doc.groups ?? []), ...pastedGroups(doc, part, ids)],
  });
  if (!wired) return pasted;
  return incoming.reduce((next, { from, to }) => {
    const target = ids.get(to);
    const allowed = target !== undefined && canConnect(next, from, target) === null;
    return allowed ? connect(next, from, target) : next;
  }, pasted);
}

/** The groups of a clipping, with the ids they and their blocks get. */
function pastedGroups(doc: GraphDocument, part: GraphDocument, ids: ReadonlyMap<string, string>): Group[] {
  let before = doc.groups ?? [];
  return (part.groups ?? []).map((group) => {
    const pasted = {
      ...group,
      id: nextGroupId(before),
      blocks: group.blocks.flatMap((id) => ids.get(id) ?? []),
    };
    before = [...before, pasted];
    return pasted;
  });
}

/** Entries under the ids of pasted blocks and twins; those of others are left out. */
function renamed<T>(table: Readonly<Record<string, T>>, ids: ReadonlyMap<string, string>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([nodeId, value]) => {
      const { blockId, twin, placed } = nodeOwner(nodeId);
      const id = ids.get(blockId);
      return id === undefined || placed ? [] : [[twin ? twinId(id) : id, value]];
    }),
  );
}

/** How far aside, right and down, the blocks and notes of a clipping stand so that none hides another of the drawing. */
function roomAside(doc: GraphDocument, part: GraphDocument): number {
  const place = (x: number, y: number) => `${Math.round(x)} ${Math.round(y)}`;
  const nodes = drawingOf(doc).nodes.map(({ position }) => position);
  const taken = new Set([...nodes, ...(doc.notes ?? [])].map(({ x, y }) => place(x, y)));
  const blocks = Object.entries(part.layout).filter(([nodeId]) => !nodeOwner(nodeId).twin);
  const own = [...blocks.map(([, position]) => position), ...(part.notes ?? [])];
  let by = 0;
  while (own.some(({ x, y }) => taken.has(place(x + by, y + by)))) by += ASIDE;
  return by;
}

/** The places of blocks and twins moved aside; twins go the other way, as mirrors do. */
function placesAside(part: GraphDocument, by: number): Record<string, Position> {
  return Object.fromEntries(
    Object.entries(part.layout).map(([nodeId, { x, y }]) => [
      nodeId,
      { x: nodeOwner(nodeId).twin ? x - by : x + by, y: y + by },
    ]),
  );
}

function limit(what: string, got: number, most: number): void {
  if (got > most) throw new ProblemError(problem('DOCUMENT_TOO_LARGE', { what, got, limit: most }));
}
