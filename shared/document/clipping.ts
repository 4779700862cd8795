import { z } from 'zod';
import { blockOf } from '../blocks/catalogue';
import { type ProblemCode, problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { drawingOf } from '../plan/drawing';
import { nodeOwner } from '../plan/mirror';
import { wireId } from '../plan/wiring';
import { canonical } from './canonical';
import { documentFrom, jsonText, parseJson, withoutExtras } from './document-text';
import { DOCUMENT_VERSION, type GraphDocument, type Wire } from './graph-document';
import { emptyDocument } from './new-document';
import { schemaProblems } from './schema-problems';
import { validateDocument } from './validate';

/** What the clipboard's text calls itself. */
const CLIPPING_FORMAT = 'hourglass-blocks';

/** Blocks and notes cut out of a drawing, with all that goes with them. */
export interface Clipping {
  /** A drawing of nothing else: blocks, the wires between them, differences, skips, ties, positions. */
  readonly part: GraphDocument;
  /** Wires into these blocks from blocks that were not copied. */
  readonly incoming: readonly Wire[];
}

/** What a text on the clipboard turned out to be. */
export type Pasted =
  | { readonly kind: 'blocks'; readonly clipping: Clipping }
  | { readonly kind: 'document'; readonly document: GraphDocument };

/** Why a node cannot be copied, or null where it can: a twin is copied as its block, for it follows from that. */
export function canCopy(doc: GraphDocument, nodeId: string): Problem | null {
  if (doc.notes?.some(({ id }) => id === nodeId)) return null;
  const { blockId, placed } = nodeOwner(nodeId);
  const role = blockOf(doc.blocks.find(({ id }) => id === blockId)?.type ?? '')?.role;
  if (role === 'layer' && !placed) return null;
  const why = placed ? `it comes with ${blockId} by itself` : 'every drawing has one of its own';
  return problem('NOT_COPYABLE', { nodes: nodeId, why }, { nodeId });
}

/** Why some of these nodes are not copied, as one sentence; null where all are. */
export function notCopied(doc: GraphDocument, nodeIds: readonly string[]): Problem | null {
  const refused = nodeIds.filter((nodeId) => canCopy(doc, nodeId) !== null);
  const [first] = refused;
  if (first === undefined) return null;
  if (refused.length === 1) return canCopy(doc, first);
  const why = 'every drawing has these of its own, or they come by themselves';
  return problem('NOT_COPYABLE', { nodes: refused.join(', '), why }, { nodeId: first });
}

/** Copies the blocks that these nodes of the canvas are or follow from, and the notes among them; what cannot be copied is left out. */
export function clippingOf(doc: GraphDocument, nodeIds: readonly string[]): Clipping {
  const ids = new Set(
    nodeIds.filter((nodeId) => canCopy(doc, nodeId) === null).map((nodeId) => nodeOwner(nodeId).blockId),
  );
  const has = (id: string) => ids.has(id);
  const places = drawingOf(doc).nodes.filter(({ id }) => has(id));
  const twins = entriesWith(doc.layout, (nodeId) => {
    const { blockId, twin, placed } = nodeOwner(nodeId);
    return twin && !placed && has(blockId);
  });
  const part: GraphDocument = {
    ...emptyDocument(),
    blocks: doc.blocks.filter(({ id }) => has(id)),
    wires: doc.wires.filter(({ from, to }) => has(from) && has(to)),
    decoder: entriesWith(doc.decoder, (nodeId) => has(nodeOwner(nodeId).blockId)),
    skips: entriesWith(doc.skips, has),
    tied: doc.tied.filter(has),
    notes: (doc.notes ?? []).filter(({ id }) => nodeIds.includes(id)),
    groups: (doc.groups ?? []).filter(({ blocks }) => blocks.every(has)),
    bypassed: (doc.bypassed ?? []).filter(has),
    layout: {
      ...Object.fromEntries(
        places.map(({ id, position: { x, y } }) => [id, { x: Math.round(x), y: Math.round(y) }]),
      ),
      ...twins,
    },
  };
  return {
    part: canonical(part),
    incoming: doc.wires.filter(({ from, to }) => !has(from) && has(to)),
  };
}

function entriesWith<T>(table: Readonly<Record<string, T>>, keep: (key: string) => boolean) {
  return Object.fromEntries(Object.entries(table).filter(([key]) => keep(key)));
}

/** A clipping as the clipboard holds it: JSON to be read, written by the rules of the document format. */
export function clippingText({ part, incoming }: Clipping): string {
  const {
    blocks,
    wires,
    decoder,
    skips,
    tied,
    bypassed = [],
    groups = [],
    notes = [],
    layout,
  } = withoutExtras(canonical(part));
  const full = { wires, incoming, decoder, skips, tied, bypassed, groups, notes, layout };
  const filled = Object.entries(full).filter(([, value]) => Object.keys(value).length > 0);
  return jsonText({
    format: CLIPPING_FORMAT,
    version: DOCUMENT_VERSION,
    blocks,
    ...Object.fromEntries(filled),
  });
}

const incomingSchema = z.strictObject({
  incoming: z.array(z.strictObject({ from: z.string().max(64), to: z.string().max(64) })).max(10_000),
});

/** What no edit can bring about: blocks with any of these are not pasted, whoever wrote them. */
const TANGLED: ReadonlySet<ProblemCode> = new Set([
  'CYCLE',
  'SELF_WIRE',
  'SECOND_WIRE_IN',
  'PAIR_OF_NOTHING',
  'TIED_IMPOSSIBLE',
  'SKIP_IMPOSSIBLE',
  'SKIP_CONCAT',
  'DIFFERENCE_OF_NOTHING',
  'DIFFERENCE_NOT_FREE',
]);

/**
 * Reads what a clipboard holds, as strictly as a file: blocks that were copied (of this version or an older one), or a
 * whole drawing. Throws ProblemError where it is neither or has anything wrong.
 */
export function readClipboard(text: string): Pasted {
  if (!/^\s*\{/.test(text.slice(0, 200))) throw new ProblemError(problem('CLIPBOARD_FOREIGN', undefined));
  const value = parseJson(text);
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (format === 'hourglass') return { kind: 'document', document: documentFrom(value) };
  if (format !== CLIPPING_FORMAT || typeof value !== 'object' || value === null) {
    throw new ProblemError(problem('CLIPBOARD_FOREIGN', undefined));
  }
  return { kind: 'blocks', clipping: clippingFrom(value) };
}

function clippingFrom(value: object): Clipping {
  const { incoming: given = [], ...raw }: { readonly incoming?: unknown } = value;
  // The rest of a drawing, so that blocks are read, migrated and checked by what reads files.
  const { name, task, data, output, training } = emptyDocument();
  const frame = { format: 'hourglass', name, task, data, output, training };
  const part = documentFrom({ wires: [], ...raw, ...frame });
  const parsed = incomingSchema.safeParse({ incoming: given });
  const ids = new Set(part.blocks.map(({ id }) => id));
  const dangling = (parsed.data?.incoming ?? []).filter(({ from, to }) => ids.has(from) || !ids.has(to));
  refuse([
    ...(parsed.success ? [] : schemaProblems(parsed.error.issues, { incoming: given })),
    ...dangling.map(({ from, to }) =>
      problem('DANGLING_WIRE', { from, to, missing: to }, { wireId: wireId(from, to), path: 'incoming' }),
    ),
    ...validateDocument(part).filter(({ code }) => TANGLED.has(code)),
  ]);
  if (!part.notes && part.blocks.every(({ id }) => canCopy(part, id) !== null)) {
    throw new ProblemError(problem('CLIPBOARD_EMPTY', undefined));
  }
  return { part, incoming: parsed.data?.incoming ?? [] };
}

function refuse([first, ...others]: readonly Problem[]): void {
  if (first) throw new ProblemError(first, ...others);
}
