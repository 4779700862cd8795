import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { repository } from '../host/built-engine';

interface Age {
  readonly ok: boolean;
  readonly sentence: string;
}

const { electronAge }: { electronAge(version: string, published: Readonly<Record<string, string>>): Age } =
  await import(pathToFileURL(join(repository, 'scripts/electron-age.mjs')).href);

const published = {
  created: '2013-01-01T00:00:00Z',
  '9.4.1': '2021-01-19T00:00:00Z',
  '43.8.12': '2026-11-19T00:00:00Z',
  '44.1.0': '2026-07-01T00:00:00Z',
  '45.0.0': '2026-09-21T00:00:00Z',
  '45.4.1': '2026-11-19T00:00:00Z',
  '46.0.0-beta.1': '2026-11-20T00:00:00Z',
};

it.each(['45.4.1', '45.0.0', '43.8.12'])('%s is new enough', (version) => {
  expect(electronAge(version, published)).toMatchObject({ ok: true });
});

it.each([
  ['9.4.1', 'not supported any more; 43 is the oldest'],
  ['44.1.0', '141 days behind the newest, 45.4.1; 60 is the most'],
  ['45.9.9', 'never published'],
])('%s is refused', (version, why) => {
  const { ok, sentence } = electronAge(version, published);
  expect(ok).toBe(false);
  expect(sentence).toContain(why);
});
