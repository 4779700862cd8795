import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDocument } from './document-text';
import { DOCUMENT_VERSION } from './graph-document';
import { type Migration, migrate, migrations } from './migrations';
import { validateDocument } from './validate';

const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url));

describe('documents of every version', () => {
  it.each(readdirSync(fixtures))('%s opens and can be trained', (name) => {
    const text = readFileSync(fixtures + name, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ version: Number(/^v(\d+)/.exec(name)?.[1]) });
    const doc = parseDocument(text);
    expect(doc.version).toBe(DOCUMENT_VERSION);
    expect(validateDocument(doc)).toEqual([]);
  });

  it('each version has a fixture, and each old one a migration', () => {
    const present = readdirSync(fixtures).map((name) => Number(/^v(\d+)/.exec(name)?.[1]));
    for (let version = 1; version <= DOCUMENT_VERSION; version += 1) {
      expect(present, `fixtures/v${version}.hourglass`).toContain(version);
      expect(version in migrations, `the migration from ${version}`).toBe(version < DOCUMENT_VERSION);
    }
  });
});

describe('migrate', () => {
  const steps: Record<number, Migration> = {
    1: ({ title, ...rest }) => ({ ...rest, name: title }),
    2: ({ name, ...rest }) => ({ ...rest, name: `${name}!` }),
  };

  it('goes from version to version in turn', () => {
    const old = { format: 'hourglass', version: 1, title: 'Old' };
    expect(migrate(old, steps, 3)).toEqual({ format: 'hourglass', version: 3, name: 'Old!' });
    expect(old).toEqual({ format: 'hourglass', version: 1, title: 'Old' });
  });
  it('leaves the present version alone', () => {
    const present = { format: 'hourglass', version: 3 };
    expect(migrate(present, steps, 3)).toBe(present);
  });
  it.each([4, 4e9])('refuses version %d as newer', (version) => {
    expect(() => migrate({ format: 'hourglass', version }, steps, 3)).toThrow(/reads versions up to 3/);
  });
  it.each([0, -1, 1.5, '1', null, 'toString'])('refuses version %j', (version) => {
    expect(() => migrate({ format: 'hourglass', version }, steps, 3)).toThrow(/whole number from 1 to 3/);
  });
});
