import { expect, it } from 'vitest';
import { sizesOf } from './sweep-store';

it('reads sizes however they are parted, in order and each once', () => {
  expect(sizesOf('16, 2 4;8,, 2')).toEqual([2, 4, 8, 16]);
});

it('takes nothing but two to twelve whole numbers from 1', () => {
  for (const text of ['', '4', '4, 4', '0, 2', '-1, 2', '1.5, 2', '2, x', '2, 1e9'])
    expect(sizesOf(text), text).toBeNull();
  expect(sizesOf(Array.from({ length: 13 }, (_, at) => at + 1).join())).toBeNull();
});
