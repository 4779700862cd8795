import { problem } from '../errors/catalogue';
import { type Problem, ProblemError } from '../errors/problem';

/** How deep a drawing may be nested; the deepest entry of a real one lies four levels down. */
export const MAX_DEPTH = 64;

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Refuses parsed JSON that later, recursive steps could not take: nesting deeper than `MAX_DEPTH`, and names that
 * reach into every JavaScript object. Walks with a list of its own, never the call stack. Throws ProblemError.
 */
export function refuseHostile(value: unknown): void {
  const problems: Problem[] = [];
  const open: { value: unknown; depth: number; path: string }[] = [{ value, depth: 1, path: '' }];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const { value, depth, path } = entry;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > MAX_DEPTH) {
      throw new ProblemError(
        problem('DOCUMENT_TOO_DEEP', { limit: MAX_DEPTH, place: `at ${path.slice(0, 60)}…` }),
      );
    }
    for (const key of Object.keys(value)) {
      const place = path === '' ? key : `${path}.${key}`;
      const child: unknown = Reflect.get(value, key);
      if (FORBIDDEN.has(key)) {
        problems.push(problem('DOCUMENT_FORBIDDEN_KEY', { key }, { path: place }));
      } else if (isIdKey(key) && typeof child === 'string' && FORBIDDEN.has(child)) {
        problems.push(problem('DOCUMENT_FORBIDDEN_KEY', { key: child }, { path: place }));
      } else {
        open.push({ value: child, depth: depth + 1, path: place });
      }
    }
  }
  const [first, ...others] = problems;
  if (first) throw new ProblemError(first, ...others);
}

/** The entries of a drawing that hold ids. */
function isIdKey(key: string): boolean {
  return key === 'id' || key === 'from' || key === 'to' || key === 'type';
}
