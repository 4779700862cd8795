import { describe, expect, it } from 'vitest';
import { expressionOps, scalar, vector, withoutDenormals } from './vector-expression';
import { compileLoop } from './vector-loop';

const { abs, add, div, maximum, mul, number, sqrt, sub } = expressionOps;
const COUNT = 8;

/** A memory with the vectors a, b and c one after another. */
function memoryWith(isShared: boolean) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: isShared });
  const at = (index: number) => new Float32Array(memory.buffer, index * COUNT * 4, COUNT);
  const vectors = { a: at(0), b: at(1), c: at(2) };
  vectors.a.set([1, -2, 3, -4, 5, -6, 7, -8]);
  vectors.b.set([0.5, 0.25, 2, 4, 8, 16, 32, 64]);
  return { memory, vectors, addresses: { a: 0, b: COUNT * 4, c: 2 * COUNT * 4 } };
}

describe.each([false, true])('a loop over vectors (shared memory: %s)', (isShared) => {
  it('computes every operation for every element', () => {
    const { memory, vectors, addresses } = memoryWith(isShared);
    const [a, b] = [vector('a'), vector('b')];
    const root = sqrt(abs(sub(mul(a, b), number(3))));
    const loop = compileLoop(memory, { stores: { c: maximum(div(root, b), add(a, scalar('least'))) } });
    loop(addresses, COUNT * 4, { least: -2 });
    vectors.c.forEach((c, i) => {
      const [x = 0, y = 0] = [vectors.a[i], vectors.b[i]];
      expect(c).toBeCloseTo(Math.max(Math.sqrt(Math.abs(x * y - 3)) / y, x - 2), 5);
    });
  });

  it('reads all that it needs before it stores', () => {
    const { memory, vectors, addresses } = memoryWith(isShared);
    const before = { a: [...vectors.a], b: [...vectors.b] };
    compileLoop(memory, { stores: { a: vector('b'), b: vector('a') } })(addresses, COUNT * 4);
    expect({ a: [...vectors.a], b: [...vectors.b] }).toEqual({ a: before.b, b: before.a });
  });

  it('works out what is the same for all elements once, in double precision', () => {
    const { memory, vectors, addresses } = memoryWith(isShared);
    const rate = div(sqrt(sub(number(1), scalar('power'))), scalar('count'));
    const loop = compileLoop(memory, { stores: { c: mul(rate, vector('b')) } });
    loop(addresses, COUNT * 4, { power: 1 - 2 ** -40, count: 2 ** -20 });
    expect([...vectors.c]).toEqual([...vectors.b]);
    expect(() => loop(addresses, COUNT * 4, { power: 0.5 })).toThrow('was not given count');
  });

  it('adds up a total, and stops at the length it is given', () => {
    const { memory, vectors, addresses } = memoryWith(isShared);
    const loop = compileLoop(memory, { stores: { b: vector('a') }, total: abs(vector('a')) });
    expect(loop(addresses, 16)).toBe(10);
    expect([...vectors.b]).toEqual([1, -2, 3, -4, 8, 16, 32, 64]);
    expect(loop(addresses, COUNT * 4)).toBe(36);
    vectors.a[6] = Number.NaN;
    expect(loop(addresses, COUNT * 4)).toBeNaN();
  });

  it('makes denormal numbers 0, and no others', () => {
    const { memory, vectors, addresses } = memoryWith(isShared);
    vectors.a.set([2 ** -126, 2 ** -127, -(2 ** -126), -(2 ** -149), 0, 1, -1, 3e38]);
    compileLoop(memory, { stores: { c: withoutDenormals(vector('a')) } })(addresses, COUNT * 4);
    expect([...vectors.c]).toEqual([2 ** -126, 0, -(2 ** -126), 0, 0, 1, -1, Math.fround(3e38)]);
  });

  it('refuses to run without a vector’s address', () => {
    const { memory } = memoryWith(isShared);
    const loop = compileLoop(memory, { stores: { c: vector('a') } });
    expect(() => loop({ c: 0 }, 16)).toThrow('where a lies');
  });
});
