import type { Problem } from '../../shared/errors/problem';

/** A Problem as it crosses to the window. */
export function plainProblem({ where, ...rest }: Problem) {
  return where ? { ...rest, where: { ...where } } : rest;
}
