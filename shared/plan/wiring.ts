import { blockOf } from '../blocks/catalogue';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { encoderOf, inOrder, leadingToCode, type Neighbours, roleOf } from './wire-order';

/** How the wires of a drawing run, read without recursion and for any drawing, however broken. */
export interface Wiring {
  readonly blocks: ReadonlyMap<string, DocumentBlock>;
  /** What each block leads to, and what leads into it, in the order of the wires; self-wires are left out. */
  readonly targets: Neighbours;
  readonly sources: Neighbours;
  /** Every block that stands on no circle nor behind one, each after all that lead into it. */
  readonly order: readonly DocumentBlock[];
  /** Those of `order` whose every source is reached from the input; last the code where `complete`. */
  readonly encoder: readonly DocumentBlock[];
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
  const targets = new Map<string, string[]>();
  const sources = new Map<string, string[]>();
  for (const { from, to } of doc.wires) {
    if (from === to || !blocks.has(from) || !blocks.has(to)) continue;
    listIn(targets, from).push(to);
    listIn(sources, to).push(from);
  }
  const { order, stuck } = inOrder(doc, blocks, targets, sources);
  const encoder = encoderOf(order, sources);
  const complete = encoder.some((block) => roleOf(block) === 'code');
  const problems = [
    ...identityProblems(doc),
    ...endProblems(doc),
    ...wireProblems(doc, blocks),
    ...sourceProblems(blocks, sources),
    ...cycleProblems(sources, stuck),
    ...reachProblems(doc, encoder, targets, complete),
  ];
  return { blocks, targets, sources, order, encoder, complete, problems };
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
  }
  return problems;
}

/** Blocks that take one wire, with several. */
function sourceProblems(blocks: ReadonlyMap<string, DocumentBlock>, sources: Neighbours): Problem[] {
  return [...sources].flatMap(([to, from]) => {
    if (from.length < 2 || takesSeveral(blocks.get(to)?.type)) return [];
    return [problem('SECOND_WIRE_IN', { to, sources: listed(from) }, { nodeId: to })];
  });
}

/** Whether several wires may lead into a block of this type. */
export function takesSeveral(type: string | undefined): boolean {
  return blockOf(type ?? '')?.joins !== undefined;
}

function listIn(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/** One Problem a cycle: walking backwards from what is stuck on one, or behind one, must come round. */
function cycleProblems(sources: Neighbours, stuck: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  const visited = new Set<string>();
  for (const start of stuck) {
    if (visited.has(start)) continue;
    const path: string[] = [];
    const places = new Map<string, number>();
    let id: string | undefined = start;
    while (id !== undefined && !visited.has(id)) {
      visited.add(id);
      places.set(id, path.length);
      path.push(id);
      id = sources.get(id)?.find((source) => stuck.has(source));
    }
    const begin = id === undefined ? undefined : places.get(id);
    if (id === undefined || begin === undefined) continue;
    const cycle = [id, ...path.slice(begin).reverse()];
    problems.push(problem('CYCLE', { path: shortened(cycle).join(' → ') }, { nodeId: id }));
  }
  return problems;
}

/** What does not lie on a way from the input to the code. */
function reachProblems(
  doc: GraphDocument,
  encoder: readonly DocumentBlock[],
  targets: Neighbours,
  complete: boolean,
): Problem[] {
  const problems: Problem[] = [];
  const hasCode = doc.blocks.some((block) => roleOf(block) === 'code');
  // Where no block reaches the code, the ends of what the input feeds are what has to go on.
  const reached = new Set(encoder.map(({ id }) => id));
  const last = encoder.findLast(({ id }) => !(targets.get(id) ?? []).some((to) => reached.has(to)));
  if (last && hasCode && !complete) {
    problems.push(problem('NO_WAY_TO_CODE', { last: last.id }, { nodeId: last.id }));
  }
  const leading = complete ? leadingToCode(encoder, targets) : reached;
  for (const block of doc.blocks) {
    if (roleOf(block) !== 'layer' || leading.has(block.id)) continue;
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
