import { z } from 'zod';
import { blockOf } from '../blocks/catalogue';
import type { DocumentBlock } from './graph-document';
import { numberOfId } from './numbered-id';

export const MAX_GROUP_NAME = 60;

/** Blocks of the encoder that belong together, and with them their twins: drawn in a frame, or as one node. */
export interface Group {
  /** `group~1`; no block has a `~` in its id. */
  readonly id: string;
  readonly name: string;
  /** Ids of its blocks, one at least; a block is in one group at most. */
  readonly blocks: readonly string[];
  /** Whether it is drawn as one node. */
  readonly collapsed: boolean;
}

const GROUP_ID = /^group~[1-9]\d{0,8}$/;

export function isGroupId(id: string): boolean {
  return GROUP_ID.test(id);
}

export function groupSchema(blockId: z.ZodType<string>, most: number): z.ZodType<Group> {
  return z.strictObject({
    id: z.string().regex(GROUP_ID),
    name: z.string().max(MAX_GROUP_NAME),
    blocks: z.array(blockId).min(1).max(most),
    collapsed: z.boolean().default(false),
  });
}

/** Groups of the blocks that are there, by their numbers; blocks that may be in none, or are in one already, are left out. */
export function canonicalGroups(
  groups: readonly Group[],
  blocks: readonly DocumentBlock[],
): readonly Group[] {
  const free = new Set(blocks.filter(({ type }) => blockOf(type)?.role === 'layer').map(({ id }) => id));
  const kept: Group[] = [];
  for (const { id, name, blocks: members, collapsed } of groups.toSorted(byNumber)) {
    const own = members.filter((member) => free.delete(member));
    if (own.length > 0 && kept.at(-1)?.id !== id) kept.push({ id, name, blocks: own, collapsed });
  }
  return kept;
}

/** The id of the next group beside others. */
export function nextGroupId(groups: readonly Group[]): string {
  return `group~${1 + Math.max(0, ...groups.map(({ id }) => numberOfId(id)))}`;
}

function byNumber(a: Group, b: Group): number {
  return numberOfId(a.id) - numberOfId(b.id);
}
