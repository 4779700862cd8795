import { describe, expect, it } from 'vitest';
import { anomalousGroup, errorGroups, extremePlaces, normalGroup } from './error-groups';

const metrics = { mse: 0.1, loss: 0.1, measures: { mse: 0.1 } };

/** Errors as they lie in a frame: not at a multiple of four bytes. */
function bytesOf(...errors: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * errors.length + 1);
  bytes.set(new Uint8Array(Float32Array.from(errors).buffer), 1);
  return bytes.subarray(1);
}

describe('errors by group', () => {
  const groups = errorGroups(
    [
      { name: 'other', metrics, errors: bytesOf(8) },
      { name: 'excluded', metrics, errors: bytesOf(4, 5) },
      { name: 'validation', metrics, errors: bytesOf(0.25, 2, 1, 1) },
    ],
    'Colour scenes',
  );

  it('are read from bytes at any place, in a fixed order, the other set under its name', () => {
    expect(groups.map(({ label, errors }) => [label, ...errors])).toEqual([
      ['Validation', 0.25, 2, 1, 1],
      ['Excluded', 4, 5],
      ['Colour scenes', 8],
    ]);
  });

  it('tell normal from anomalous samples', () => {
    expect(normalGroup(groups)?.name).toBe('validation');
    expect(anomalousGroup(groups)?.name).toBe('excluded');
    const heldOut = errorGroups([{ name: 'heldOut', metrics, errors: bytesOf(1) }], null);
    expect(normalGroup([...groups, ...heldOut])?.name).toBe('heldOut');
    expect(anomalousGroup(heldOut)).toBeUndefined();
  });

  it('have extremes, equal ones in their own order', () => {
    const errors = Float32Array.of(0.25, 2, 1, 1);
    expect(extremePlaces(errors, 'worst', 3)).toEqual([1, 2, 3]);
    expect(extremePlaces(errors, 'best', 2)).toEqual([0, 2]);
  });
});
