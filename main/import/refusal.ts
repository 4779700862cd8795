import { problem } from '../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import type { ForeignBase } from './foreign-layer';

/** That a layer can't be drawn, and why: “its window is 2×3”. */
export function refused({ name, type }: Pick<ForeignBase, 'name' | 'type'>, why: string): ProblemError {
  return new ProblemError(problem('IMPORT_LAYER', { layer: name, type, why }));
}

/** Throws everything that is wrong, where anything is. */
export function throwProblems([first, ...others]: readonly Problem[]): void {
  if (first) throw new ProblemError(first, ...others);
}

/**
 * Does something with each of a list, though it fails for some: all their Problems are thrown at the end, so that the user
 * sees everything that is in the way at once.
 */
export function eachOf<T, R>(list: readonly T[], make: (entry: T, index: number) => R): R[] {
  const problems: Problem[] = [];
  const made: R[] = [];
  for (const [index, entry] of list.entries()) {
    try {
      made.push(make(entry, index));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  throwProblems(problems);
  return made;
}
