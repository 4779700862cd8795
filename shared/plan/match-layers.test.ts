import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { emptyDocument, newBlock } from '../document/new-document';
import { type Shape, sameShape } from '../tensors/shape';
import { isBias, matchLayers, weighted } from './match-layers';
import type { Plan } from './plan';
import { planDocument } from './plan-document';
import { chained, stacks } from './random-stacks';
import { startCounts, startOf } from './starting-weights';

function planOf(shape: Shape, blocks: readonly DocumentBlock[], more: Partial<GraphDocument> = {}): Plan {
  const { plan, problems } = planDocument({
    ...emptyDocument(),
    data: { kind: 'npy', path: 'data.npy', shape },
    ...chained([newBlock('input', 'input'), ...blocks]),
    ...more,
  });
  if (!plan) throw new Error(problems.map(({ message }) => message).join(' '));
  return plan;
}

const dense = (id: string, units: number, more = {}) => newBlock('dense', id, { units, ...more });
const code = (size: number) => newBlock('code', 'code', { size });

/** `mine → theirs`, with `~` where it was found by its place. */
function matched(mine: Plan, theirs: Plan): string[] {
  return [...matchLayers(mine, theirs)].map(([id, { layer, by }]) =>
    by === 'name' ? `${id} → ${layer.id}` : `${id} ~ ${layer.id}`,
  );
}

describe('layers of two plans', () => {
  it('belong together by name and shape', () => {
    const plan = planOf([20], [dense('a', 12), dense('b', 8), code(3)]);
    expect(matched(plan, plan)).toEqual(weighted(plan).map(({ id }) => `${id} → ${id}`));
  });

  it('belong together by their place where they have other names, a twin as its block', () => {
    const mine = planOf([20], [dense('a', 12), dense('b', 8), code(3)]);
    const theirs = planOf([20], [dense('x', 12), dense('y', 8), code(3)]);
    expect(matched(mine, theirs).toSorted()).toEqual(
      ['code → code', 'code′ → code′', 'a ~ x', 'b ~ y', 'a′ ~ x′', 'b′ ~ y′'].toSorted(),
    );
  });

  it('leave a block out that one of them has in between', () => {
    const mine = planOf([20], [dense('a', 12), dense('new', 12), dense('b', 8), code(3)]);
    const theirs = planOf([20], [dense('x', 12), dense('y', 8), code(3)]);
    const matches = matchLayers(mine, theirs);
    expect([matches.get('a')?.layer.id, matches.get('b')?.layer.id]).toEqual(['x', 'y']);
    expect(matches.has('new')).toBe(false);
    expect(matches.has('new′')).toBe(false);
  });

  it('do not belong together in other shapes, though of the same name', () => {
    const mine = planOf([20], [dense('a', 12), dense('b', 9), code(3)]);
    const theirs = planOf([20], [dense('a', 12), dense('b', 8), code(3)]);
    expect(matched(mine, theirs)).toEqual(['a → a', 'a′ → a′']);
  });

  it('may lack a bias on either side, but no kernel', () => {
    const bare = planOf([20], [dense('a', 12, { useBias: false }), code(3)]);
    const full = planOf([20], [dense('a', 12), code(3)]);
    expect(matched(bare, full)).toContain('a → a');
    expect(matched(full, bare)).toContain('a → a');
    const start = startOf(full, { model: { plan: bare, part: 'whole' } }).find(({ id }) => id === 'a');
    expect(start).toMatchObject({ outcome: 'loaded', without: ['bias'], count: 20 * 12 + 12 });
    const tied = planOf([20], [dense('a', 12), code(3)], { tied: ['a', 'code'] });
    // A tied twin has a bias alone; it computes with its block's kernel, which a twin of its own kernel can have too.
    expect(matched(full, tied)).toContain('a′ → a′');
    expect(matched(tied, full)).toContain('a′ → a′');
  });

  it('are each given once, only in their own shapes, and all of them where the plans are alike', () => {
    fc.assert(
      fc.property(stacks, stacks, (a, b) => {
        const [mine, theirs] = [planDocument(a).plan, planDocument(b).plan];
        if (!mine || !theirs) return;
        const matches = matchLayers(mine, theirs);
        const given = [...matches.values()].map(({ layer }) => layer.id);
        expect(new Set(given).size).toBe(given.length);
        for (const layer of weighted(mine)) {
          const partner = matches.get(layer.id)?.layer;
          if (!partner) continue;
          for (const { name, shape } of layer.weights) {
            const found = partner.weights.find((weight) => weight.name === name);
            expect(found ? sameShape(found.shape, shape) : isBias({ name })).toBe(true);
          }
        }
        expect(matchLayers(mine, mine).size).toBe(weighted(mine).length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what a run begins with', () => {
  const mine = planOf([20], [dense('a', 12), dense('b', 9), code(3)]);
  const theirs = planOf([20], [dense('a', 12), dense('b', 8), code(3)]);
  const before = planOf([20], [dense('a', 12), dense('b', 9), code(4)]);
  const outcomes = (...args: Parameters<typeof startOf>) =>
    Object.fromEntries(startOf(...args).map(({ id, outcome }) => [id, outcome]));

  it('is loaded for the part that is wanted, kept of this drawing’s own run elsewhere, and new where nothing fits', () => {
    expect(outcomes(mine, { model: { plan: theirs, part: 'encoder' }, own: before })).toEqual({
      ...{ a: 'loaded', b: 'kept', code: 'new' },
      ...{ 'code′': 'new', 'b′': 'kept', 'a′': 'kept' },
    });
    expect(outcomes(mine, { model: { plan: theirs, part: 'decoder' } })).toEqual({
      ...{ a: 'new', b: 'new', code: 'new' },
      ...{ 'code′': 'new', 'b′': 'new', 'a′': 'loaded' },
    });
    expect(outcomes(mine, { model: { plan: theirs, part: ['a′', 'b'] } })).toMatchObject({
      ...{ a: 'new', b: 'new', 'a′': 'loaded' },
    });
  });

  it('tells the shape there where a layer of the name does not fit, or that there is none', () => {
    const starts = startOf(mine, { model: { plan: theirs, part: 'whole' } });
    expect(starts.find(({ id }) => id === 'b')).toMatchObject({ outcome: 'new', unlike: [12, 8] });
    const other = planOf([20], [dense('c', 7), code(3)]);
    const found = startOf(mine, { model: { plan: other, part: 'whole' } });
    expect(found.find(({ id }) => id === 'a')).toMatchObject({ outcome: 'new', unlike: null });
    expect(startOf(mine, {}).every(({ outcome, unlike }) => outcome === 'new' && unlike === undefined)).toBe(
      true,
    );
  });

  it('adds up to all numbers of the network', () => {
    const counts = startCounts(startOf(mine, { model: { plan: theirs, part: 'whole' }, own: before }));
    expect(counts.loaded).toBe(20 * 12 + 12 + 12 * 20 + 20);
    expect(counts.loaded + counts.kept + counts.new).toBe(mine.parameterCount);
  });
});
