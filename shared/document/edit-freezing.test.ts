import { describe, expect, it } from 'vitest';
import { planDocument } from '../plan/plan-document';
import { resetDifference, setFrozen, setParameter } from './edits';
import { newDocument } from './new-document';

const frozenIn = (doc: ReturnType<typeof newDocument>) =>
  planDocument(doc).plan?.layers.flatMap(({ id, params }) => (params.frozen === true ? [id] : []));

describe('freezing', () => {
  it('is of a block alone, of a twin alone, or of both', () => {
    expect(frozenIn(setFrozen(newDocument(), ['dense-1'], true))).toEqual(['dense-1']);
    expect(frozenIn(setFrozen(newDocument(), ['dense-1′'], true))).toEqual(['dense-1′']);
    const both = setFrozen(newDocument(), ['dense-1', 'dense-1′'], true);
    expect(frozenIn(both)).toEqual(['dense-1', 'dense-1′']);
    // The twin follows its block: nothing differs.
    expect(both.decoder).toEqual({});
  });

  it('leaves what was frozen before, and is a difference that can be taken back', () => {
    const before = setParameter(newDocument(), 'dense-2′', 'frozen', true);
    const encoder = setFrozen(before, ['dense-1', 'dense-2', 'code'], true);
    expect(frozenIn(encoder)).toEqual(['dense-1', 'dense-2', 'code', 'dense-2′']);
    expect(encoder.decoder).toMatchObject({ 'dense-1′': { frozen: false }, 'code′': { frozen: false } });
    expect(frozenIn(resetDifference(encoder, 'dense-1′', 'frozen'))).toContain('dense-1′');
    expect(frozenIn(setFrozen(encoder, ['dense-1', 'code'], false))).toEqual(['dense-2', 'dense-2′']);
  });

  it('passes over what has no weights, and is nothing where it is so already', () => {
    expect(setFrozen(newDocument(), ['input', 'output', 'nothing'], true)).toEqual(newDocument());
    const once = setFrozen(newDocument(), ['code′'], true);
    expect(setFrozen(once, ['code′'], true)).toEqual(once);
  });
});
