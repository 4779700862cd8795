import { describe, expect, it } from 'vitest';
import type { DataReference, Scaling } from './data-reference';
import { fixesOf } from './fixes';
import type { GraphDocument } from './graph-document';
import { newDocument } from './new-document';
import { rangeProblems } from './range-problems';

const table = (scaling: Scaling): DataReference => ({
  kind: 'table',
  path: 'numbers.csv',
  label: 'none',
  series: false,
  scaling,
  shape: [4],
});
const drawing = (output: GraphDocument['output'], data = table('none')): GraphDocument => ({
  ...newDocument(),
  data,
  output,
});
const far = { range: [-3, 7], dtype: 'float32' } as const;
const codes = (document: GraphDocument, seen: Parameters<typeof rangeProblems>[1] = far) =>
  rangeProblems(document, seen).map(({ code }) => code);

describe('the range of the data', () => {
  it.each(['none', 'standardise'] as const)('of %s is mended by each fix, min-max among them', (scaling) => {
    for (const output of [
      { activation: 'sigmoid', loss: 'bce' },
      { activation: 'sigmoid', loss: 'mse' },
      { activation: 'relu', loss: 'mae' },
      { activation: 'tanh', loss: 'mse' },
    ] as const) {
      const document = drawing(output, table(scaling));
      const [found, ...others] = rangeProblems(document, far);
      if (!found) throw new Error('There is no problem.');
      expect(others).toEqual([]);
      expect(found.code).toBe(output.loss === 'bce' ? 'BCE_DATA_RANGE' : 'OUTPUT_OUT_OF_REACH');
      const fixes = fixesOf(found);
      expect(fixes.map(({ label }) => label)).toContain('Scale to 0–1');
      for (const fix of fixes) {
        const mended = fix.apply(document);
        const scaled = 'scaling' in mended.data && mended.data.scaling === 'min-max';
        expect(codes(mended, scaled ? { ...far, range: [0, 1] } : far), fix.label).toEqual([]);
      }
    }
  });

  it('of colours with their lightness kept is that of sRGB, whatever a* and b* are compared by', () => {
    const npy: DataReference = { kind: 'npy', path: 'colours.npy', shape: [8, 8, 3], scaling: 'none' };
    const lab: GraphDocument = {
      ...drawing({ activation: 'sigmoid', loss: 'bce' }, npy),
      task: { kind: 'colour', space: 'lab' },
    };
    expect(codes(lab, { range: [0, 1], dtype: 'float32' })).toEqual([]);
    const [found, ...others] = rangeProblems(lab, { range: [0, 255], dtype: 'float32' });
    if (!found) throw new Error('There is no problem.');
    expect(others).toEqual([]);
    expect(found.code).toBe('LAB_DATA_RANGE');
    const fixes = fixesOf(found);
    expect(fixes).toHaveLength(2);
    for (const fix of fixes)
      expect(codes(fix.apply(lab), { range: [0, 255], dtype: 'float32' })).not.toContain('LAB_DATA_RANGE');
  });

  it('is what is trained on: held-out samples beyond what min-max was fitted on are warned of alone', () => {
    const beyond = { range: [-0.1, 1.3], dtype: 'float32' } as const;
    expect(codes(drawing({ activation: 'sigmoid', loss: 'mse' }, table('min-max')), beyond)).toEqual([]);
    const document = drawing({ activation: 'sigmoid', loss: 'bce' }, table('min-max'));
    const [found] = rangeProblems(document, beyond);
    expect(found).toMatchObject({ code: 'BCE_HELD_OUT_RANGE', severity: 'warning' });
    for (const fix of found ? fixesOf(found) : []) expect(codes(fix.apply(document), beyond)).toEqual([]);
  });

  it('of bytes is 0 to 1 and fits; a sample that can’t be scaled is offered no scaling', () => {
    const bytes = { range: [0, 1], dtype: 'uint8' } as const;
    expect(codes(drawing({ activation: 'sigmoid', loss: 'bce' }), bytes)).toEqual([]);
    const pictures: DataReference = { kind: 'idx', path: 'x', shape: [4, 4, 1] };
    const [found] = rangeProblems(drawing({ activation: 'sigmoid', loss: 'mse' }, pictures), far);
    expect(found && fixesOf(found).map(({ label }) => label)).toEqual(['Use a linear output']);
  });
});
