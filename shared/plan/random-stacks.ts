import fc from 'fast-check';
import { blockOf, blocks } from '../blocks/catalogue';
import { nearestFilters } from '../blocks/channel-groups';
import type { ParameterEntry, ParameterValue } from '../blocks/parameter';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { emptyDocument } from '../document/new-document';
import type { Shape } from '../tensors/shape';
import { possibleSkips } from './skips';
import { tiedProblem } from './tied';

/** Random drawings for property tests. */

export function arbitraryValue(entry: ParameterEntry): fc.Arbitrary<ParameterValue> {
  switch (entry.kind) {
    case 'integer':
      return fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: entry.min, max: Math.min(entry.max, 5) }) },
        { weight: 1, arbitrary: fc.integer({ min: entry.min, max: Math.min(entry.max, 64) }) },
      );
    case 'number':
      return fc.double({ min: entry.min, max: entry.max, noNaN: true });
    case 'choice':
      return fc.constantFrom(...entry.options.map(({ value }) => value));
    case 'toggle':
      return fc.boolean();
    case 'picture':
      return fc
        .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
        .chain(([height, width]) => {
          const row = fc.string({
            unit: fc.constantFrom(...'0123456789abcdef'),
            minLength: width,
            maxLength: width,
          });
          return fc.array(row, { minLength: height, maxLength: height }).map((rows) => rows.join('/'));
        });
    case 'text':
      return fc.string({ unit: fc.constantFrom(...entry.letters), minLength: 1, maxLength: entry.max });
  }
}

function blockWith(type: string, id: string): fc.Arbitrary<DocumentBlock> {
  const entries = Object.entries(blockOf(type)?.params ?? {});
  const values = Object.fromEntries(entries.map(([name, entry]) => [name, arbitraryValue(entry)]));
  return fc.record(values).map((params) => ({ id, type, params: { ...params, ...fitting(params) } }));
}

/** The activation that a penalty asks for: by chance alone it would hardly ever be there. */
function fitting({ activityPenalty }: DocumentBlock['params']): DocumentBlock['params'] {
  return activityPenalty === 'kl' ? { activation: 'sigmoid' } : {};
}

/** Numbers of groups that divide channels and filters: chance alone would find hardly any but 1. */
function fittingGroups(chain: readonly DocumentBlock[], channelsIn: number): DocumentBlock[] {
  let channels = channelsIn;
  return chain.map((block) => {
    if (typeof block.params.filters !== 'number') return block;
    const possible = Array.from({ length: channels }, (_, i) => i + 1).filter((n) => channels % n === 0);
    const groups = possible[Number(block.params.groups) % possible.length] ?? 1;
    channels = nearestFilters({ groups, filters: block.params.filters });
    return { ...block, params: { ...block.params, groups, filters: channels } };
  });
}

const layerTypes = blocks
  .filter(({ role, corrupts }) => role === 'layer' && !corrupts)
  .map(({ type }) => type);

/** Pictures from 1×1 up, series, and vectors. */
export const sampleShapes: fc.Arbitrary<Shape> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(side(), side(), fc.integer({ min: 1, max: 4 })) },
  { weight: 2, arbitrary: fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 4 })) },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 1, max: 50 })) },
);

function side() {
  return fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 33 }));
}

/**
 * Chains of up to six blocks of any kind and any parameters, from input to code. Convolutions and pools come
 * before dense blocks, or nearly every drawing would be refused; what takes any shape stands anywhere; whether a
 * kernel fits is left to chance. Some have skips to their twins or share their weights with them.
 */
export const stacks: fc.Arbitrary<GraphDocument> = fc
  .record({
    shape: sampleShapes,
    types: fc.array(fc.constantFrom(...layerTypes), { maxLength: 6 }),
  })
  .chain(({ shape, types }) => {
    const accepts = (type: string) => blockOf(type)?.accepts;
    const ranks = { any: shape.length, vector: shape.length, series: 2, picture: 3 };
    const usable = types.filter((type) => ranks[accepts(type) ?? 'any'] === shape.length);
    const kinds = ['picture', 'series', 'vector'];
    const sorted = kinds.flatMap((kind) => usable.filter((type) => accepts(type) === kind));
    const inOrder = usable.map((type) => (accepts(type) === 'any' ? type : (sorted.shift() ?? type)));
    const layers = inOrder.map((type, index) => blockWith(type, `${type}-${index + 1}`));
    return fc.record({
      shape: fc.constant(shape),
      blocks: fc
        .tuple(blockWith('input', 'input'), ...layers, blockWith('code', 'code'))
        .map((chain) => fittingGroups(chain, shape.at(-1) ?? 1)),
    });
  })
  .chain(({ shape, blocks: chain }) =>
    arbitraryPairs(chain).map((pairs) => ({
      ...emptyDocument(),
      data: { kind: 'npy', path: 'data.npy', shape },
      ...chained(chain),
      ...pairs,
    })),
  );

/** Some of the ties and skips that these blocks and their twins can have. */
export function arbitraryPairs(
  chain: readonly DocumentBlock[],
): fc.Arbitrary<Pick<GraphDocument, 'skips' | 'tied'>> {
  const each = chain.map((block) => {
    const able = tiedProblem(emptyDocument(), block) === null;
    return (able ? fc.boolean() : fc.constant(false)).chain((isTied) => {
      const tied = isTied ? [block.id] : [];
      return fc
        .constantFrom(null, ...possibleSkips({ tied }, block))
        .map((join) => ({ tied, skips: join ? [[block.id, join] as const] : [] }));
    });
  });
  return fc.tuple(...each).map((pairs) => ({
    tied: pairs.flatMap(({ tied }) => tied),
    skips: Object.fromEntries(pairs.flatMap(({ skips }) => skips)),
  }));
}

/** Blocks wired one to the next, as the parts of a document. */
export function chained(chain: readonly DocumentBlock[]): Pick<GraphDocument, 'blocks' | 'wires'> {
  const wires = chain.slice(1).map(({ id }, index) => ({ from: chain[index]?.id ?? '', to: id }));
  return { blocks: chain, wires };
}
