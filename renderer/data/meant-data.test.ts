import { expect, it } from 'vitest';
import type { DataReference } from '../../shared/document/data-reference';
import { isSameSource, meantReference } from './meant-data';

const present: DataReference = { kind: 'idx', path: 'mnist', shape: [28, 28, 1] };
const filtered: DataReference = { ...present, filter: { include: ['a'], heldOut: 0 } };
const table: DataReference = {
  kind: 'table',
  path: 'a.csv',
  label: 'none',
  series: false,
  scaling: 'none',
  shape: [3],
};
const failure = { severity: 'error', message: '', skippable: false } as const;

it('is what is being loaded by the user’s choice, so that of two quick changes none is lost', () => {
  const chosen = { wanted: filtered, chosen: true, progress: null };
  expect(meantReference({ loading: chosen, refusal: null }, present)).toBe(filtered);
  expect(meantReference({ loading: { ...chosen, chosen: false }, refusal: null }, present)).toBe(present);
  const unknown = { ...chosen, wanted: { kind: 'unknown', path: 'x' } as const };
  expect(meantReference({ loading: unknown, refusal: null }, present)).toBe(present);
});

it('is the table that was refused, which another reading may help', () => {
  expect(meantReference({ loading: null, refusal: { ...failure, wanted: table } }, present)).toBe(table);
  expect(meantReference({ loading: null, refusal: { ...failure, wanted: filtered } }, present)).toBe(present);
});

it('knows one source in whatever way it is read', () => {
  expect(isSameSource(present, filtered)).toBe(true);
  expect(isSameSource(present, { ...present, path: 'other' })).toBe(false);
  expect(isSameSource(present, table)).toBe(false);
});
