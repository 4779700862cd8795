import { availableParallelism } from 'node:os';

/**
 * How many threads an engine computes with: HOURGLASS_THREADS (which the window's settings set, when the engine is
 * started), else one a core. What is no whole number of at least 1 counts as not set.
 */
export function threadCount(env: Readonly<Record<string, string | undefined>> = process.env): number {
  return wantedThreads(env) ?? availableParallelism();
}

/** The number of threads that was asked for; null where none was. */
export function wantedThreads(
  env: Readonly<Record<string, string | undefined>> = process.env,
): number | null {
  const wanted = Number(env.HOURGLASS_THREADS);
  return Number.isInteger(wanted) && wanted >= 1 ? wanted : null;
}
