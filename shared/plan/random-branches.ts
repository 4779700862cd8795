import fc from 'fast-check';
import type { DocumentBlock, GraphDocument, Wire } from '../document/graph-document';
import { emptyDocument, newBlock } from '../document/new-document';
import type { Join } from '../tensors/join';
import { arbitraryPairs } from './random-stacks';

/** Random encoders that branch, for property tests. */

interface Step {
  readonly type: string;
  readonly width: number;
  readonly kernel: number;
  readonly activation: string;
}
interface Fork {
  readonly join: Join;
  readonly branches: readonly Part[][];
  /** What every branch of a sum ends with, so that all give out one shape. */
  readonly last: Step;
}
type Part = Step | Fork;

function steps(types: readonly string[]): fc.Arbitrary<Step> {
  return fc.record({
    type: fc.constantFrom(...types),
    width: fc.integer({ min: 1, max: 4 }),
    kernel: fc.integer({ min: 1, max: 4 }),
    activation: fc.constantFrom('linear', 'relu', 'tanh'),
  });
}

/** Blocks one after the other, some of them forks, in which there may be further forks down to `depth`. */
function sequences(weighted: string, others: readonly string[], depth: number): fc.Arbitrary<Part[]> {
  const step: fc.Arbitrary<Part> = steps([weighted, ...others]);
  if (depth === 0) return fc.array(step, { maxLength: 2 });
  const fork: fc.Arbitrary<Part> = fc.record({
    join: fc.constantFrom<Join>('add', 'concat'),
    branches: fc.array(sequences(weighted, others, depth - 1), { minLength: 1, maxLength: 3 }),
    last: steps([weighted]),
  });
  return fc.array(fc.oneof({ weight: 2, arbitrary: step }, { weight: 3, arbitrary: fork }), { maxLength: 4 });
}

/** Wires parts up behind a block; the id of the last of them. */
class Wirer {
  readonly blocks: DocumentBlock[] = [newBlock('input', 'input')];
  readonly wires: Wire[] = [];

  place({ type, width, kernel, activation }: Step, from: string): string {
    const given = { filters: width, units: width, kernel, activation };
    const { params } = newBlock(type, 'any');
    const known = Object.entries(given).filter(([name]) => name in params);
    return this.add(type, Object.fromEntries(known), [from]);
  }

  add(type: string, params: DocumentBlock['params'], from: readonly string[]): string {
    const id = `${type}-${this.blocks.length}`;
    this.blocks.push(newBlock(type, id, params));
    for (const source of new Set(from)) this.wires.push({ from: source, to: id });
    return id;
  }

  run(parts: readonly Part[], from: string): string {
    return parts.reduce((last, part) => {
      if ('type' in part) return this.place(part, last);
      const ends = part.branches.map((branch) => {
        const end = this.run(branch, last);
        return part.join === 'add' ? this.place(part.last, end) : end;
      });
      return this.add(part.join, {}, ends);
    }, from);
  }
}

function wired(parts: readonly Part[]): Pick<GraphDocument, 'blocks' | 'wires'> {
  const wirer = new Wirer();
  const last = wirer.run(parts, 'input');
  const code = newBlock('code', 'code', { size: 3 });
  return { blocks: [...wirer.blocks, code], wires: [...wirer.wires, { from: last, to: 'code' }] };
}

const pictures = fc.record({
  shape: fc.tuple(...[1, 1, 1].map(() => fc.integer({ min: 1, max: 6 }))),
  parts: sequences('conv', ['residual', 'activation', 'dropout'], 2),
});
const vectors = fc.record({
  shape: fc.tuple(fc.integer({ min: 1, max: 9 })),
  parts: sequences('dense', ['activation', 'gaussian-noise'], 2),
});

/** Encoders of forks within forks that meet in sums and concatenations, with skips and ties here and there. */
export const branchedStacks: fc.Arbitrary<GraphDocument> = fc
  .oneof(pictures, vectors)
  .chain(({ shape, parts }) => {
    const graph = wired(parts);
    return arbitraryPairs(graph.blocks).map((pairs) => ({
      ...emptyDocument(),
      data: { kind: 'npy', path: 'data.npy', shape },
      ...graph,
      ...pairs,
    }));
  });
