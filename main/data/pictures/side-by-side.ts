import { availableParallelism } from 'node:os';
import type { LoadControl } from '../dataset';
import { throwIfCancelled } from '../load-limits';

/** Runs `work` on every item, a few at a time, in order of start. @throws Cancelled between two items */
export async function sideBySide<T, R>(
  items: readonly T[],
  stage: string,
  control: LoadControl,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let done = 0;
  const step = Math.max(1, Math.floor(items.length / 200));
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) {
      throwIfCancelled(control);
      const item = items[index];
      if (item !== undefined) results[index] = await work(item, index);
      done += 1;
      if (done % step === 0 || done === items.length) {
        control.onProgress?.({ stage, done, total: items.length, unit: 'pictures' });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(8, availableParallelism() + 1) }, lane));
  return results;
}
