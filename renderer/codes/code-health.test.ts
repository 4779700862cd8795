import { describe, expect, it } from 'vitest';
import { setParameter, setTraining } from '../../shared/document/edits';
import { newDocument } from '../../shared/document/new-document';
import { codeBlockOf, codeHealth, healthFixes, healthSentence } from './code-health';
import { codesAmong, codesBetween, GRID } from './mixtures';

function drawing(params: Readonly<Record<string, string | number>>) {
  let document = setTraining(newDocument(), { epochs: 30 });
  const { id } = codeBlockOf(document)!;
  for (const [name, value] of Object.entries(params)) document = setParameter(document, id, name, value);
  return document;
}

const fixed = (
  document: ReturnType<typeof drawing>,
  label: string,
  health: ReturnType<typeof codeHealth>,
) => {
  const fix = healthFixes(document, health).find((each) => each.label === label);
  if (!fix) throw new Error(`There is no “${label}”.`);
  return fix.apply(document);
};

describe('the health of a code', () => {
  it('is fine where all values vary', () => {
    const health = codeHealth([1, 0.5, 0.02], null);
    expect([health.idle, healthSentence(health), healthFixes(drawing({}), health)]).toEqual([[], null, []]);
  });

  it('names values that hardly vary, and proposes a smaller code', () => {
    const health = codeHealth([2, 0, 0.019, 1], null);
    expect(health.idle).toEqual([1, 2]);
    expect(healthSentence(health)).toBe(
      '2 of 4 values of the code hardly vary: they tell the decoder nothing.',
    );
    const document = drawing({ size: 4, activation: 'relu' });
    expect(codeBlockOf(fixed(document, 'Make the code 2 values', health))?.params.size).toBe(2);
    expect(codeBlockOf(fixed(document, 'Make the code linear', health))?.params.activation).toBe('linear');
    expect(healthFixes(drawing({ size: 4 }), health).map(({ label }) => label)).toEqual([
      'Make the code 2 values',
    ]);
  });

  it('goes by the divergence of a variational code, and proposes a lower β or a warm-up', () => {
    const health = codeHealth([0.9, 0.01, 0.02, 0.01], [1.8, 0.004, 0.009, 0]);
    expect(health.idle).toEqual([1, 2, 3]);
    expect(healthSentence(health)).toMatch(/^Posterior collapse: 3 of 4 values/);
    expect(healthSentence(codeHealth([1, 1, 1], [1, 1, 0]))).toMatch(/^1 of 3 values of the code is not put/);
    const document = drawing({ size: 4, coding: 'variational', beta: 3 });
    expect(codeBlockOf(fixed(document, 'Lower β to 1.5', health))?.params.beta).toBe(1.5);
    expect(codeBlockOf(fixed(document, 'Warm β up over 10 epochs', health))?.params.betaWarmUp).toBe(10);
    expect(codeBlockOf(fixed(document, 'Make the code 1 value', health))?.params.size).toBe(1);
  });

  it('does not propose a code of no values', () => {
    const health = codeHealth([0, 0], null);
    expect(health.idle).toEqual([0, 1]);
    const labels = healthFixes(drawing({ size: 2 }), health).map(({ label }) => label);
    expect(labels).toEqual(['Lower the learning rate to 0.0001']);
  });
});

describe('codes between codes', () => {
  it('lie evenly on the line between two, both among them', () => {
    expect(codesBetween([0, 4], [8, 0], 5)).toEqual([
      [0, 4],
      [2, 3],
      [4, 2],
      [6, 1],
      [8, 0],
    ]);
  });

  it('have the corners of a grid where they belong, and its middle in the middle', () => {
    const grid = codesAmong([0, 0], [4, 0], [0, 8], [4, 12]);
    expect(grid).toHaveLength(GRID * GRID);
    expect([grid[0], grid[4], grid[20], grid[24], grid[12]]).toEqual([
      [0, 0],
      [4, 0],
      [0, 8],
      [4, 12],
      [2, 5],
    ]);
    expect(codesAmong([0, 1], [4, 1], [0, 8], null)[24]).toEqual([4, 8]);
  });
});
