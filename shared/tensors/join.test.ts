import { expect, it } from 'vitest';
import { joinedShape } from './join';

it('adds what is of one shape', () => {
  expect(
    joinedShape(
      [
        [7, 5, 3],
        [7, 5, 3],
      ],
      'add',
    ),
  ).toEqual([7, 5, 3]);
  expect(
    joinedShape(
      [
        [7, 5, 3],
        [7, 5, 1],
      ],
      'add',
    ),
  ).toBeNull();
  expect(joinedShape([[4], [1, 1, 4]], 'add')).toBeNull();
});
it('concatenates along the last axis what agrees in the others', () => {
  expect(
    joinedShape(
      [
        [7, 5, 3],
        [7, 5, 1],
        [7, 5, 2],
      ],
      'concat',
    ),
  ).toEqual([7, 5, 6]);
  expect(joinedShape([[4], [9]], 'concat')).toEqual([13]);
  expect(
    joinedShape(
      [
        [7, 5, 3],
        [5, 7, 3],
      ],
      'concat',
    ),
  ).toBeNull();
  expect(joinedShape([[4], [1, 1, 4]], 'concat')).toBeNull();
});
it('makes nothing of nothing', () => expect(joinedShape([], 'add')).toBeNull());
