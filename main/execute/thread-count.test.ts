import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { threadCount } from './thread-count';

it('takes the number that is set, else one a core', () => {
  expect(threadCount({ HOURGLASS_THREADS: '3' })).toBe(3);
  for (const wrong of [undefined, '', '0', '-1', '1.5', 'all']) {
    expect(threadCount({ HOURGLASS_THREADS: wrong })).toBe(availableParallelism());
  }
});
