import { blockOf } from '../blocks/catalogue';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';

/** The ids at the other ends of each block's wires, into it or out of it. */
export type Neighbours = ReadonlyMap<string, readonly string[]>;

export function roleOf(block: DocumentBlock) {
  return blockOf(block.type)?.role;
}

/**
 * Blocks nothing leads into are taken off until none is left (Kahn 1962); what stays is stuck on a circle or behind one.
 * A block's first target follows it at once, so that a chain stays in one piece.
 */
export function inOrder(
  doc: GraphDocument,
  blocks: ReadonlyMap<string, DocumentBlock>,
  targets: Neighbours,
  sources: Neighbours,
) {
  const waiting = new Map([...blocks.keys()].map((id) => [id, sources.get(id)?.length ?? 0]));
  const order: DocumentBlock[] = [];
  const free = doc.blocks.filter(({ id }) => waiting.get(id) === 0).reverse();
  for (let block = free.pop(); block !== undefined; block = free.pop()) {
    if (!waiting.delete(block.id)) continue;
    order.push(block);
    for (const id of (targets.get(block.id) ?? []).toReversed()) {
      const left = (waiting.get(id) ?? 0) - 1;
      waiting.set(id, left);
      const target = blocks.get(id);
      if (left === 0 && target) free.push(target);
    }
  }
  return { order, stuck: new Set(waiting.keys()) };
}

/** What is reached from the (first) input through blocks whose every source is; the (first) code ends it. */
export function encoderOf(order: readonly DocumentBlock[], sources: Neighbours): DocumentBlock[] {
  const reached = new Set<string>();
  const encoder: DocumentBlock[] = [];
  let code: DocumentBlock | null = null;
  for (const block of order) {
    const from = sources.get(block.id) ?? [];
    const role = roleOf(block);
    const begins = role === 'input' && encoder.length === 0;
    if (!begins && (from.length === 0 || role === 'input' || !from.every((id) => reached.has(id)))) continue;
    if (role === 'code') {
      code ??= block;
      continue;
    }
    reached.add(block.id);
    encoder.push(block);
  }
  return code ? [...encoder, code] : encoder;
}

/** The blocks of an encoder from which the code is reached. */
export function leadingToCode(encoder: readonly DocumentBlock[], targets: Neighbours): ReadonlySet<string> {
  const leading = new Set<string>();
  for (const block of encoder.toReversed()) {
    const leads = roleOf(block) === 'code' || (targets.get(block.id) ?? []).some((id) => leading.has(id));
    if (leads) leading.add(block.id);
  }
  return leading;
}
