import { expect, it } from 'vitest';
import { newDocument } from '../../shared/document/new-document';
import { editAtRandom } from './edit-sequences';

it('keeps a drawing valid through 800 gestures, more than can be undone, and leads back and forth over all that is kept', () => {
  const { taken, finished, faults } = editAtRandom(newDocument(), 1, 800);
  expect(faults).toEqual([]);
  expect(taken).toBeGreaterThan(500);
  expect(finished).toBeGreaterThan(0);
});
