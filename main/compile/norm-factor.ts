import type { Value } from '../ops/program';
import type { ProgramBuilder } from './program-builder';

/** No norm is larger. */
const LARGEST = 3e38;

/** What something has to be multiplied by so that its norm is at most `most`: 1 where it is not more anyway. */
export function normFactor(build: ProgramBuilder, norm: Value, most: number): Value {
  const held = build.add('clip', [norm], { min: most, max: LARGEST });
  return build.add('div', [build.constant(most), held]);
}
