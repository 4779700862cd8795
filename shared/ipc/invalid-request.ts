import type { z } from 'zod';
import { problem } from '../errors/catalogue';
import { ProblemError } from '../errors/problem';

/** The Problem of parameters that the contract does not allow, naming the first that is wrong. */
export function invalidRequest(name: string, { issues }: z.ZodError): ProblemError {
  const [first] = issues;
  const place = first?.path.join('.') ?? '';
  const detail = `${place === '' ? '' : `${place}: `}${first?.message ?? 'not as agreed'}`;
  return new ProblemError(problem('REQUEST_INVALID', { name, detail }));
}
