import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CONVENTIONS } from './conventions';

const journeys = join(import.meta.dirname, '../../e2e/journeys');

it('names journeys that are there, by the titles of their tests and steps', () => {
  const lacking = CONVENTIONS.flatMap(({ shown }) => shown).filter(
    ([file, title]) => !readFileSync(join(journeys, file), 'utf8').includes(`'${title}'`),
  );
  expect(lacking).toEqual([]);
});
