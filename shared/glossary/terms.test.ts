import { describe, expect, it } from 'vitest';
import { blocks } from '../blocks/catalogue';
import { measures } from '../measures/catalogue';
import { termOf, termOfLabel, terms } from './terms';

describe('the glossary', () => {
  it('has each term and each label once, in the order of the alphabet', () => {
    const names = terms.map(({ name }) => name.toLowerCase().replace('β', 'beta'));
    expect(names).toEqual([...names].sort());
    const labels = terms.flatMap((term) => term.labels ?? []);
    expect(labels.filter((label, place) => labels.indexOf(label) !== place)).toEqual([]);
    expect(new Set(terms.map(({ id }) => id)).size).toBe(terms.length);
  });

  it.each(terms)(
    '$name: one or two sentences, and terms to read next that exist',
    ({ id, text, see = [] }) => {
      const sentences = text.replace(/et al\./g, 'and others').match(/[.!?](?= |$)/g) ?? [];
      expect(sentences.length).toBeGreaterThanOrEqual(1);
      expect(sentences.length).toBeLessThanOrEqual(2);
      expect(text.length).toBeLessThan(260);
      for (const other of see) expect(termOf(other), other).not.toBeNull();
      expect(see).not.toContain(id);
    },
  );

  it('explains what the brief words of measures stand for, and the parameters that are words of the field', () => {
    for (const { brief } of measures) expect(termOfLabel(brief), brief).not.toBeNull();
    const labels = new Set(blocks.flatMap(({ params }) => Object.values(params).map(({ label }) => label)));
    for (const label of ['Kernel', 'Stride', 'Filters', 'Padding', 'Units', 'Initialiser', 'Activation']) {
      expect(labels.has(label), label).toBe(true);
      expect(termOfLabel(label), label).not.toBeNull();
    }
  });
});
