import { expect, it } from 'vitest';
import { newDocument } from '../../shared/document/new-document';
import { editAtRandom } from './edit-sequences';

it('keeps a drawing valid through 500 random edits, and leads back to the start and forth to the end', () => {
  const { taken, finished, faults } = editAtRandom(newDocument(), 1, 500);
  expect(faults).toEqual([]);
  expect(taken).toBeGreaterThan(150);
  expect(finished).toBeGreaterThan(0);
});
