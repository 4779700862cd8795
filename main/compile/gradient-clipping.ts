import type { Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { normFactor } from './norm-factor';
import type { ProgramBuilder } from './program-builder';

/**
 * Clips gradients by their global norm (Pascanu et al. 2013): all are scaled by the same factor so that together, as one
 * vector, they are at most `most` long.
 *
 * @returns them, and the length they had, which is finite exactly where all of them are and their squares can be summed
 */
export function clipByGlobalNorm(
  build: ProgramBuilder,
  gradients: readonly Value[],
  most: number,
): { readonly clipped: readonly Value[]; readonly norm: Value } {
  const squares = gradients.map((gradient) => {
    const square = build.add('square', [gradient]);
    const axes = allAxes(square.shape.length);
    return axes.length > 0 ? build.add('reduceSum', [square], { axes }) : square;
  });
  const norm = build.add('sqrt', [build.sum(squares)]);
  const factor = normFactor(build, norm, most);
  return { clipped: gradients.map((gradient) => build.add('mul', [gradient, factor])), norm };
}
