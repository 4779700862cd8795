import { describe, expect, it } from 'vitest';
import type { ProgramSet, Update, Value } from '../../ops/program';
import { packState, packUpdates } from './state-packs';

const value = (id: number): Value => ({ id, shape: [], dtype: 'float32' });
const descent = (state: string, rate: number, more: Partial<Update> = {}): Update => ({
  kind: 'sgd',
  state,
  slots: { velocity: `${state}:velocity` },
  inputs: { gradient: value(100 + state.length), learningRate: value(rate) },
  constants: { momentum: 0.9 },
  ...more,
});
const program = (name: string, updates: Update[]): ProgramSet['programs'][number] => ({
  name,
  feeds: [],
  draws: [],
  reads: [],
  data: null,
  nodes: [],
  outputs: [],
  guard: [],
  updates,
});
const names = (set: ProgramSet) =>
  packState(set)
    .map(({ members }) => members.map(({ name }) => name))
    .sort();

describe('packState', () => {
  const state = [
    { name: 'b:velocity', shape: [5] },
    { name: 'a', shape: [3, 7] },
    { name: 'b', shape: [5] },
    { name: 'a:velocity', shape: [3, 7] },
    { name: 'fixed', shape: [] },
  ];

  it('puts together what is updated alike, slots in the order of their weights', () => {
    const set = { state, programs: [program('step', [descent('b', 1), descent('a', 1)])] };
    expect(names(set)).toEqual([['a', 'b'], ['a:velocity', 'b:velocity'], ['fixed']]);
    const [weights] = packState(set).filter(({ members }) => members[0]?.name === 'a');
    expect(weights?.members).toMatchObject([
      { offset: 0, length: 21 },
      { offset: 32, length: 5 },
    ]);
    expect(weights?.length).toBe(48);
  });

  it.each([
    ['learning rates', descent('b', 2)],
    ['constants', descent('b', 1, { constants: { momentum: 0.5 } })],
    ['kinds', descent('b', 1, { kind: 'rmsprop' })],
  ])('keeps apart what has different %s', (_, other) => {
    const set = { state, programs: [program('step', [descent('a', 1), other])] };
    expect(names(set)).toEqual([['a'], ['a:velocity'], ['b'], ['b:velocity'], ['fixed']]);
  });

  it('keeps apart what only one of two programs updates', () => {
    const both = [descent('a', 1), descent('b', 1)];
    const programs = [program('step', both), program('encoder only', [descent('a', 1)])];
    const set = { state, programs };
    expect(names(set)).toEqual([['a'], ['a:velocity'], ['b'], ['b:velocity'], ['fixed']]);
    const packs = packState(set);
    expect(packUpdates(both, packs).map(({ updates }) => updates.map((update) => update.state))).toEqual([
      ['a'],
      ['b'],
    ]);
    expect(packUpdates([descent('a', 1)], packs)).toHaveLength(1);
  });

  it('refuses an update of a state that the set lacks', () => {
    const packs = packState({ state, programs: [] });
    expect(() => packUpdates([descent('c', 1)], packs)).toThrow('names the state c');
  });
});
