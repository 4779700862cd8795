import { describe, expect, it } from 'vitest';
import type { KeptRun } from '../../shared/ipc/contract';
import { arranged, COLUMNS, shortDate } from './run-columns';

function run(id: string, change: Partial<KeptRun> = {}): KeptRun {
  return {
    id,
    name: '',
    starred: false,
    checkpoint: null,
    checkpointBytes: 0,
    ended: 1,
    ending: 'completed',
    document: { name: 'Digits', hash: 'h' },
    data: { name: 'Digits and shapes', fingerprint: 'f', trainCount: 400 },
    scaling: 'none',
    codeSize: 32,
    parameterCount: 222_384,
    engine: { name: 'onnx', version: '1' },
    app: '1',
    seed: 1,
    epochs: [2, 2],
    steps: 26,
    stepsPerEpoch: 13,
    seconds: 1.5,
    lossName: 'MSE',
    loss: { training: 0.2, validation: 0.1 },
    mse: { validation: 0.1, test: null, pcaValidation: 0.2, pcaTest: null },
    ...change,
  };
}

const plain = { query: '', starredOnly: false, sort: { column: 'ended', descending: true } };
const idsOf = (runs: readonly KeptRun[], change: Partial<typeof plain> = {}) =>
  arranged(runs, { ...plain, ...change }).map(({ id }) => id);

describe('arranged', () => {
  it('sorts by any column either way, with what has nothing there last', () => {
    const mse = (validation: number | null) => ({
      validation,
      test: null,
      pcaValidation: null,
      pcaTest: null,
    });
    const runs = [run('a', { mse: mse(0.3) }), run('b', { mse: mse(null) }), run('c', { mse: mse(0.1) })];
    expect(idsOf(runs, { sort: { column: 'validation', descending: false } })).toEqual(['c', 'a', 'b']);
    expect(idsOf(runs, { sort: { column: 'validation', descending: true } })).toEqual(['a', 'c', 'b']);
  });

  it('finds every word in names and data, and the starred ones', () => {
    const runs = [
      run('a', { name: 'Best Dense' }),
      run('b', { starred: true }),
      run('c', { ending: 'failed' }),
    ];
    expect(idsOf(runs, { query: 'dense best' })).toEqual(['a']);
    expect(idsOf(runs, { query: 'shapes failed' })).toEqual(['c']);
    expect(idsOf(runs, { query: 'nothing' })).toEqual([]);
    expect(idsOf(runs, { starredOnly: true })).toEqual(['b']);
  });
});

it('says where a run beats PCA, and nothing where that is not known', () => {
  const beats = (id: string, own: KeptRun) => {
    const column = COLUMNS.find((each) => each.id === id);
    return column && 'beats' in column ? column.beats?.(own) : undefined;
  };
  expect(beats('validation', run('a'))).toBe(true);
  expect(beats('test', run('a'))).toBeUndefined();
  const mse = { validation: 0.3, test: 0.4, pcaValidation: 0.2, pcaTest: 0.5 };
  expect(beats('validation', run('a', { mse }))).toBe(false);
  expect(beats('test', run('a', { mse }))).toBe(true);
});

it('dates runs by the time of day, or by the day', () => {
  const now = new Date(2026, 10, 27, 16, 0);
  expect(shortDate(new Date(2026, 10, 27, 9, 5), now)).toBe('09:05');
  expect(shortDate(new Date(2026, 2, 3), now)).toBe('3 Mar');
  expect(shortDate(new Date(2025, 2, 3), now)).toBe('3 Mar 25');
});
