import type { GraphDocument } from '../document/graph-document';
import type { Problem } from '../errors/problem';
import { nodeOwner, twinId } from './mirror';

/**
 * What people call a node of the canvas: the name of its block, with a prime for the twin; its id where nobody named it or
 * where the planner placed it.
 */
export function displayName({ blocks }: Pick<GraphDocument, 'blocks'>, nodeId: string): string {
  const { blockId, twin, placed } = nodeOwner(nodeId);
  const name = placed ? undefined : blocks.find(({ id }) => id === blockId)?.name;
  if (name === undefined) return nodeId;
  return twin ? twinId(name) : name;
}

/** Numbered ids: those of one word (`code`) are words of the sentences, too. */
const NUMBERED = /(?<![\w~-])[a-z][a-z0-9-]*-\d+(?![\w~-])/g;

/** Problems that name blocks by what people call them. Their places are untouched. */
export function withNames({ blocks }: GraphDocument, problems: readonly Problem[]): readonly Problem[] {
  const names = new Map(blocks.flatMap(({ id, name }) => (name === undefined ? [] : [[id, `“${name}”`]])));
  if (names.size === 0) return problems;
  const named = (text: string) => text.replace(NUMBERED, (id) => names.get(id) ?? id);
  return problems.map((found) => ({ ...found, message: named(found.message), hint: named(found.hint) }));
}
