import { describe, expect, it } from 'vitest';
import { documentText, parseDocument } from '../document/document-text';
import { setTraining } from '../document/edits';
import { newDocument } from '../document/new-document';
import { ProblemError } from '../errors/problem';
import { type Augmentation, augmentationOf, augmentationProblems, fittingShift } from './augmentation';

const all: Augmentation = { shift: 2, flip: 'both', rotate: 10 };
const codes = (augmentation: Augmentation | undefined, shape: readonly number[]) =>
  augmentationProblems(augmentation, shape).map(({ code }) => code);

describe('augmentation', () => {
  it('is taken whole by pictures, along their axis by series, and not by rows of values', () => {
    expect(augmentationOf(all, [28, 28, 1])).toEqual(all);
    expect(augmentationOf(all, [140, 1])).toEqual({ shift: 2, flip: 'horizontal', rotate: 0 });
    expect(augmentationOf({ ...all, shift: 0, flip: 'vertical' }, [140, 1])).toBeNull();
    expect(augmentationOf(all, [12])).toBeNull();
    expect(augmentationOf(undefined, [28, 28, 1])).toBeNull();
    expect(augmentationOf({ shift: 0, flip: 'none', rotate: 0 }, [28, 28, 1])).toBeNull();
  });

  it('says what of it is left out, and what moves samples out of sight', () => {
    expect(codes(all, [28, 28, 1])).toEqual([]);
    expect(codes(all, [140, 1])).toEqual(['AUGMENTATION_SERIES']);
    expect(codes({ ...all, flip: 'horizontal', rotate: 0 }, [140, 1])).toEqual([]);
    expect(codes(all, [12])).toEqual(['AUGMENTATION_TABLE']);
    expect(codes({ ...all, shift: 28 }, [28, 40, 1])).toEqual(['AUGMENTATION_SHIFT']);
    expect(codes({ ...all, shift: fittingShift([28, 40, 1]) }, [28, 40, 1])).toEqual([]);
    // A picture one pixel high is not moved up or down.
    expect(codes({ ...all, shift: 5 }, [1, 40, 1])).toEqual([]);
    expect(codes(undefined, [12])).toEqual([]);
  });

  it('is kept in a drawing where it does something, and refused out of range', () => {
    const doc = newDocument();
    const kept = setTraining(doc, { augmentation: { ...all, shift: 0 } });
    expect(documentText(kept)).toContain('"augmentation": { "shift": 0, "flip": "both", "rotate": 10 }');
    expect(parseDocument(documentText(kept))).toEqual(kept);
    const none = setTraining(kept, { augmentation: { shift: 0, flip: 'none', rotate: 0 } });
    expect(documentText(none)).toBe(documentText(doc));
    for (const wrong of [
      { ...all, rotate: 181 },
      { ...all, shift: 0.5 },
      { ...all, shift: -1 },
    ]) {
      expect(() => setTraining(doc, { augmentation: wrong })).toThrow(ProblemError);
    }
  });
});
