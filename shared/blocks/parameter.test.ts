import { describe, expect, it } from 'vitest';
import { expectation, parameterProblem } from '../plan/parameter-problem';
import { choice, integer, number, type ParameterEntry, type ParameterValue, toggle } from './parameter';

const words = { label: 'Thing', help: 'What it does.' };
const entries: [ParameterEntry, good: ParameterValue[], bad: ParameterValue[], expected: string][] = [
  [
    integer({ ...words, min: 1, max: 9, default: 3 }),
    [1, 9],
    [0, 10, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '3', true],
    'a whole number from 1 to 9',
  ],
  [
    number({ ...words, min: 0, max: 0.9, step: 0.1, default: 0.5 }),
    [0, 0.25, 0.9],
    [-0.1, 0.91, Number.NaN, '0.5'],
    'a number from 0 to 0.9',
  ],
  [
    choice({ ...words, options: [{ value: 'same', label: 'Same' }], default: 'same' }),
    ['same'],
    ['Same', '', 1],
    'one of same',
  ],
  [toggle({ ...words, default: true }), [true, false], [0, 'true'], 'true or false'],
];

describe.each(entries)('a parameter entry', (entry, good, bad, expected) => {
  it(`takes ${expected} and nothing else`, () => {
    expect(expectation(entry)).toBe(expected);
    for (const value of [entry.default, ...good]) {
      expect(parameterProblem('dense-1', entry, value, {})).toBeNull();
    }
    for (const value of [undefined, ...bad]) {
      const problem = parameterProblem('dense-1', entry, value, { nodeId: 'dense-1', param: 'thing' });
      expect(problem?.code).toBe('PARAMETER_RANGE');
      expect(problem?.message).toContain(`Thing of dense-1 should be ${expected}, but is `);
      expect(problem?.where).toEqual({ nodeId: 'dense-1', param: 'thing' });
    }
  });
  it('shapes the pair unless told otherwise', () => expect(entry.structural).toBe(true));
});
