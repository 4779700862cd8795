import type { Settings } from '../../shared/settings/settings';

/** What the engine's process is told by its environment when it is started. */
export function engineEnvironment({ threads }: Settings): Record<string, string> {
  return threads === null ? {} : { HOURGLASS_THREADS: String(threads) };
}
