import { valueCount } from '../../../shared/tensors/shape';
import type { ProgramSet, StateSpec, Update } from '../../ops/program';

/** Members begin at multiples of this many numbers (64 bytes, a cache line), which vector instructions like best. */
const ALIGNMENT = 16;

/**
 * State tensors that every program treats alike, laid end to end in one buffer: an update is then one pass over a
 * long vector, and each tensor is still read as a window of the buffer.
 */
export interface StatePack {
  readonly members: readonly PackMember[];
  /** How many numbers the buffer holds, gaps between members included: a multiple of 16. */
  readonly length: number;
}

export interface PackMember extends StateSpec {
  /** Where in the pack the tensor begins, in elements. */
  readonly offset: number;
  readonly length: number;
}

/** The updates of one program that change one pack: one a member, in the members' order, all of one kind. */
export interface PackUpdate {
  readonly pack: StatePack;
  /** The packs of the slots, by role. */
  readonly slots: Readonly<Record<string, StatePack>>;
  readonly updates: readonly [Update, ...Update[]];
}

/** Puts each state tensor of the set in a pack. */
export function packState(set: ProgramSet): StatePack[] {
  const treatment = new Map(set.state.map(({ name }) => [name, '']));
  const treat = (state: string, how: string) => treatment.set(state, `${treatment.get(state) ?? ''}|${how}`);
  for (const program of set.programs) {
    for (const update of program.updates) {
      const how = `${program.name} ${howOf(update)}`;
      treat(update.state, how);
      for (const [role, slot] of Object.entries(update.slots)) treat(slot, `${how} ${role}`);
    }
  }
  // A slot stands in its pack where its weight stands in the weight's.
  const owners = new Map<string, number>();
  for (const { updates } of set.programs) {
    for (const { state, slots } of updates) {
      const place = set.state.findIndex(({ name }) => name === state);
      for (const slot of Object.values(slots)) owners.set(slot, place);
    }
  }
  const placed = set.state.map((spec, place) => ({ spec, order: owners.get(spec.name) ?? place }));
  placed.sort((a, b) => a.order - b.order);
  const groups = new Map<string, StateSpec[]>();
  for (const { spec } of placed) {
    const how = treatment.get(spec.name) ?? '';
    const group = groups.get(how);
    if (group) group.push(spec);
    else groups.set(how, [spec]);
  }
  return [...groups.values()].map(packOf);
}

/** Sorts a program's updates by pack. */
export function packUpdates(updates: readonly Update[], packs: readonly StatePack[]): PackUpdate[] {
  const packOfState = new Map(packs.flatMap((pack) => pack.members.map(({ name }) => [name, pack] as const)));
  const packFor = (state: string): StatePack => {
    const pack = packOfState.get(state);
    if (!pack) throw new Error(`An update names the state ${state}, which the set does not have.`);
    return pack;
  };
  const byState = new Map(updates.map((update) => [update.state, update]));
  return [...new Set(updates.map(({ state }) => packFor(state)))].map((pack) => {
    const [first, ...others] = pack.members.map(({ name }) => {
      const update = byState.get(name);
      if (!update) throw new Error(`The state ${name} is not updated with those of its pack.`);
      return update;
    });
    if (!first) throw new Error('A pack is empty.');
    const slots = Object.entries(first.slots).map(([role, slot]) => [role, packFor(slot)] as const);
    return { pack, slots: Object.fromEntries(slots), updates: [first, ...others] };
  });
}

/** What an update does, but for the tensors it does it to. */
function howOf({ kind, slots, inputs, constants }: Update): string {
  const shared = Object.entries(inputs)
    .filter(([role]) => role !== 'gradient' && role !== 'value')
    .map(([role, value]) => `${role}=${value.id}`);
  return JSON.stringify([kind, Object.keys(slots).sort(), shared.sort(), Object.entries(constants).sort()]);
}

function packOf(specs: readonly StateSpec[]): StatePack {
  let end = 0;
  const members = specs.map(({ name, shape }) => {
    const offset = end;
    const length = valueCount(shape);
    end += Math.ceil(length / ALIGNMENT) * ALIGNMENT;
    return { name, shape, offset, length };
  });
  return { members, length: end };
}
