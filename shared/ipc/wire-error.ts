import { isProblemCode } from '../errors/catalogue';
import { Cancelled, type Problem, ProblemError } from '../errors/problem';
import { Bug } from './bug';
import type { WireError } from './frame';

/**
 * What crosses of something thrown. Only Problems keep their words; of a bug nothing but the reference that `report`
 * gives it, so that neither a stack nor a secret leaves the process.
 */
export function toWire(error: unknown, report: (error: unknown) => string): WireError {
  if (error instanceof ProblemError) {
    return {
      family: 'problem',
      problems: error.problems.map((one) => ({ ...one, where: one.where && { ...one.where } })),
    };
  }
  if (error instanceof Cancelled) return { family: 'cancelled' };
  // One that came from a peer is in that peer's log already.
  if (error instanceof Bug && error.ref !== null) return { family: 'bug', ref: error.ref };
  return { family: 'bug', ref: report(error) };
}

/** The error to throw for one that crossed. */
export function fromWire(error: WireError): ProblemError | Cancelled | Bug {
  if (error.family === 'cancelled') return new Cancelled();
  if (error.family === 'bug') return new Bug(error.ref);
  const problems: Problem[] = [];
  for (const { code, ...rest } of error.problems) {
    if (isProblemCode(code)) problems.push({ code, ...rest });
  }
  const [first, ...others] = problems;
  return first ? new ProblemError(first, ...others) : new Bug(null);
}
