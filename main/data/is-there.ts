import { stat } from 'node:fs/promises';

/** Whether something lies at a path; false also where that can't be known. */
export function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
