import { blockOf } from '../blocks/catalogue';
import { problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';
import { nodeOwner } from '../plan/mirror';
import type { GraphDocument } from './graph-document';
import { type Group, isGroupId, nextGroupId } from './groups';
import { tidy } from './tidy';

/** The group a node of the canvas is, or whose block it is or follows from; undefined where it is of none. */
export function groupOf(doc: GraphDocument, nodeId: string): Group | undefined {
  const { blockId } = nodeOwner(nodeId);
  return (doc.groups ?? []).find(({ id, blocks }) => id === blockId || blocks.includes(blockId));
}

/** Why these nodes cannot be grouped, or null where they can: the input, the code and the output stand between groups. */
export function canGroup(doc: GraphDocument, nodeIds: readonly string[]): Problem | null {
  return membersAmong(doc, nodeIds).length > 0 ? null : problem('NOTHING_TO_GROUP', undefined);
}

/**
 * Makes a group of the blocks that these nodes are or follow from; they leave the groups they were in. Its id is
 * `nextGroupId`. Throws ProblemError as `canGroup` says.
 */
export function groupBlocks(doc: GraphDocument, nodeIds: readonly string[]): GraphDocument {
  const wrong = canGroup(doc, nodeIds);
  if (wrong) throw new ProblemError(wrong);
  const groups = doc.groups ?? [];
  const blocks = membersAmong(doc, nodeIds);
  const id = nextGroupId(groups);
  const name = `Group ${id.slice(id.indexOf('~') + 1)}`;
  const others = groups.map((group) => ({
    ...group,
    blocks: group.blocks.filter((member) => !blocks.includes(member)),
  }));
  return tidy({ ...doc, groups: [...others, { id, name, blocks, collapsed: false }] });
}

/** The blocks these nodes stand for, a group for all of its own. */
function membersAmong(doc: GraphDocument, nodeIds: readonly string[]): string[] {
  const owners = nodeIds.flatMap((nodeId) => {
    const { blockId } = nodeOwner(nodeId);
    return isGroupId(blockId) ? (groupOf(doc, nodeId)?.blocks ?? []) : [blockId];
  });
  const wanted = new Set(owners);
  return doc.blocks
    .filter(({ id, type }) => wanted.has(id) && blockOf(type)?.role === 'layer')
    .map(({ id }) => id);
}

/** Takes the groups away that these nodes are, or are in; their blocks stay as they are. */
export function ungroup(doc: GraphDocument, nodeIds: readonly string[]): GraphDocument {
  const gone = new Set(nodeIds.map((nodeId) => groupOf(doc, nodeId)));
  const groups = doc.groups ?? [];
  const kept = groups.filter((group) => !gone.has(group));
  return kept.length === groups.length ? doc : tidy({ ...doc, groups: kept });
}

/** Draws a group as one node, or opens it. */
export function setCollapsed(doc: GraphDocument, nodeId: string, collapsed: boolean): GraphDocument {
  const group = groupOf(doc, nodeId);
  if (!group || group.collapsed === collapsed) return doc;
  const groups = (doc.groups ?? []).map((other) => (other === group ? { ...group, collapsed } : other));
  return tidy({ ...doc, groups });
}
