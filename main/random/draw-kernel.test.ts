import { describe, expect, it } from 'vitest';
import { DrawKernel } from './draw-kernel';
import { normals, uniforms } from './philox';

const at = { seed: 4_000_000_000, site: 'noise-1/noise', step: 2 ** 40 + 7 };

describe('the draw kernel', () => {
  // From one number to more than a page of the memory, whole sixteens and others.
  it.each([1, 15, 16, 17, 1000, 100_003])('draws the same %i numbers as philox', (count) => {
    const kernel = new DrawKernel(count);
    kernel.fill({ at: 0, count }, 'uniform', at);
    expect(kernel.view(0, count)).toEqual(uniforms(at.seed, at.site, at.step, count));
    kernel.fill({ at: 0, count }, 'normal', at);
    const expected = normals(at.seed, at.site, at.step, count);
    const apart = kernel.view(0, count).map((x, i) => Math.abs(x - (expected[i] ?? Number.NaN)));
    // 2·10⁻⁵ of the largest: the logarithm near 1 takes what float32 holds of a word.
    expect(apart.every((distance) => distance < 2e-5)).toBe(true);
  });

  it('leaves other places alone', () => {
    const kernel = new DrawKernel(48);
    kernel.view(0, 48).fill(9);
    kernel.fill({ at: 16, count: 16 }, 'normal', at);
    expect([...kernel.view(0, 16), ...kernel.view(32, 16)].every((x) => x === 9)).toBe(true);
    expect(kernel.view(16, 16).every((x) => x !== 9)).toBe(true);
  });

  it('draws others for another seed, site or step', () => {
    const drawn = [at, { ...at, seed: 1 }, { ...at, site: 'noise-2/noise' }, { ...at, step: 7 }].map(
      (from) => {
        const kernel = new DrawKernel(16);
        kernel.fill({ at: 0, count: 16 }, 'uniform', from);
        return kernel.view(0, 16).join();
      },
    );
    expect(new Set(drawn).size).toBe(drawn.length);
  });
});
