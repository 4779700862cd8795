import { blockOf } from '../blocks/catalogue';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';

/** How the wires of a drawing run, read without recursion and for any drawing, however broken. */
export interface Wiring {
  readonly blocks: ReadonlyMap<string, DocumentBlock>;
  /** The first wire out of, and into, each block. A drawing without problems has no others. */
  readonly next: ReadonlyMap<string, string>;
  readonly previous: ReadonlyMap<string, string>;
  /** From the input along the wires, as far as they lead; last the code where `complete`. */
  readonly chain: readonly DocumentBlock[];
  readonly complete: boolean;
  /** Everything wrong with ids and wires. */
  readonly problems: readonly Problem[];
}

/** `from→to`, the id of a wire in Problems and on the canvas. */
export function wireId(from: string, to: string): string {
  return `${from}→${to}`;
}

const known = new WeakMap<GraphDocument, Wiring>();

/** Reads the wires of a drawing. Documents are never changed in place, so the answer is remembered by identity. */
export function wiringOf(doc: GraphDocument): Wiring {
  const remembered = known.get(doc);
  if (remembered) return remembered;
  const wiring = readWiring(doc);
  known.set(doc, wiring);
  return wiring;
}

function readWiring(doc: GraphDocument): Wiring {
  const blocks = new Map<string, DocumentBlock>();
  for (const block of doc.blocks) if (!blocks.has(block.id)) blocks.set(block.id, block);
  const next = new Map<string, string>();
  const previous = new Map<string, string>();
  for (const { from, to } of doc.wires) {
    if (from === to || !blocks.has(from) || !blocks.has(to)) continue;
    if (!next.has(from)) next.set(from, to);
    if (!previous.has(to)) previous.set(to, from);
  }
  const chain = chainOf(doc, blocks, next);
  const last = chain.at(-1);
  const complete = last !== undefined && roleOf(last) === 'code';
  const problems = [
    ...identityProblems(doc),
    ...endProblems(doc),
    ...wireProblems(doc, blocks),
    ...reachProblems(doc, chain, complete),
  ];
  return { blocks, next, previous, chain, complete, problems };
}

/** What makes ids and wires ambiguous: a file with any of these is not opened. */
export function identityProblems(doc: Pick<GraphDocument, 'blocks' | 'wires'>): Problem[] {
  const problems: Problem[] = [];
  const ids = new Set<string>();
  doc.blocks.forEach(({ id }, index) => {
    if (ids.has(id)) {
      problems.push(problem('DUPLICATE_BLOCK', { id }, { nodeId: id, path: `blocks.${index}.id` }));
    }
    ids.add(id);
  });
  const wires = new Set<string>();
  doc.wires.forEach(({ from, to }, index) => {
    const where = { wireId: wireId(from, to), path: `wires.${index}` };
    const missing = [from, to].find((id) => !ids.has(id));
    if (missing !== undefined) problems.push(problem('DANGLING_WIRE', { from, to, missing }, where));
    if (wires.has(where.wireId)) problems.push(problem('DUPLICATE_WIRE', { from, to }, where));
    wires.add(where.wireId);
  });
  return problems;
}

function roleOf(block: DocumentBlock) {
  return blockOf(block.type)?.role;
}

function chainOf(
  doc: GraphDocument,
  blocks: ReadonlyMap<string, DocumentBlock>,
  next: ReadonlyMap<string, string>,
): DocumentBlock[] {
  const chain: DocumentBlock[] = [];
  const seen = new Set<string>();
  let block = doc.blocks.find((candidate) => roleOf(candidate) === 'input');
  while (block && !seen.has(block.id)) {
    seen.add(block.id);
    chain.push(block);
    if (roleOf(block) === 'code') break;
    block = blocks.get(next.get(block.id) ?? '');
  }
  return chain;
}

function endProblems(doc: GraphDocument): Problem[] {
  const problems: Problem[] = [];
  const inputs = doc.blocks.filter((block) => roleOf(block) === 'input').map(({ id }) => id);
  const codes = doc.blocks.filter((block) => roleOf(block) === 'code').map(({ id }) => id);
  if (inputs.length === 0) problems.push(problem('NO_INPUT', undefined));
  if (codes.length === 0) problems.push(problem('NO_CODE', undefined));
  for (const nodeId of inputs.slice(1)) {
    problems.push(problem('SECOND_INPUT', { ids: listed(inputs) }, { nodeId }));
  }
  for (const nodeId of codes.slice(1)) {
    problems.push(problem('SECOND_CODE', { ids: listed(codes) }, { nodeId }));
  }
  return problems;
}

function wireProblems(doc: GraphDocument, blocks: ReadonlyMap<string, DocumentBlock>): Problem[] {
  const problems: Problem[] = [];
  const targets = new Map<string, string[]>();
  const sources = new Map<string, string[]>();
  for (const { from, to } of doc.wires) {
    const source = blocks.get(from);
    const target = blocks.get(to);
    if (!source || !target) continue;
    const where = { nodeId: to, wireId: wireId(from, to) };
    if (from === to) {
      problems.push(problem('SELF_WIRE', { block: from }, where));
      continue;
    }
    if (roleOf(target) === 'input') problems.push(problem('INTO_INPUT', { from }, where));
    if (roleOf(source) === 'code') {
      problems.push(problem('CODE_ENDS_ENCODER', { to }, { ...where, nodeId: from }));
    }
    listIn(targets, from).push(to);
    listIn(sources, to).push(from);
  }
  for (const [from, to] of targets) {
    if (to.length > 1) problems.push(problem('FAN_OUT', { from, targets: listed(to) }, { nodeId: from }));
  }
  for (const [to, from] of sources) {
    if (from.length > 1) {
      problems.push(problem('SECOND_WIRE_IN', { to, sources: listed(from) }, { nodeId: to }));
    }
  }
  problems.push(...cycleProblems(targets, sources));
  return problems;
}

function listIn(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/**
 * One Problem a cycle. Blocks nothing leads into are peeled off until none is left (Kahn 1962); what stays lies
 * on a cycle or behind one, and walking backwards from it must come round.
 */
function cycleProblems(
  targets: ReadonlyMap<string, readonly string[]>,
  sources: ReadonlyMap<string, readonly string[]>,
): Problem[] {
  const open = new Map([...sources].map(([id, from]) => [id, new Set(from).size]));
  const free = [...targets.keys()].filter((id) => !open.has(id));
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    for (const to of new Set(targets.get(id))) {
      const left = (open.get(to) ?? 0) - 1;
      open.set(to, left);
      if (left === 0) free.push(to);
    }
  }
  const problems: Problem[] = [];
  const visited = new Set<string>();
  const stuck = (id: string) => (open.get(id) ?? 0) > 0;
  for (const start of open.keys()) {
    if (!stuck(start) || visited.has(start)) continue;
    const path: string[] = [];
    const places = new Map<string, number>();
    let id: string | undefined = start;
    while (id !== undefined && !visited.has(id)) {
      visited.add(id);
      places.set(id, path.length);
      path.push(id);
      id = sources.get(id)?.find(stuck);
    }
    const begin = id === undefined ? undefined : places.get(id);
    if (id === undefined || begin === undefined) continue;
    const cycle = [id, ...path.slice(begin).reverse()];
    problems.push(problem('CYCLE', { path: shortened(cycle).join(' → ') }, { nodeId: id }));
  }
  return problems;
}

function reachProblems(doc: GraphDocument, chain: readonly DocumentBlock[], complete: boolean): Problem[] {
  const problems: Problem[] = [];
  const reached = new Set(chain.map(({ id }) => id));
  const hasCode = doc.blocks.some((block) => roleOf(block) === 'code');
  const last = chain.at(-1);
  if (last && hasCode && !complete) {
    problems.push(problem('NO_WAY_TO_CODE', { last: last.id }, { nodeId: last.id }));
  }
  for (const block of doc.blocks) {
    if (roleOf(block) !== 'layer' || reached.has(block.id)) continue;
    problems.push(problem('NOT_CONNECTED', { block: block.id }, { nodeId: block.id }));
  }
  return problems;
}

function listed(ids: readonly string[]): string {
  return shortened(ids).join(', ');
}

/** A long list by its beginning and end: sentences stay sentences. */
function shortened(ids: readonly string[]): readonly string[] {
  return ids.length <= 12 ? ids : [...ids.slice(0, 8), `… ${ids.length - 11} more …`, ...ids.slice(-3)];
}
