import { describe, expect, it } from 'vitest';
import { ProblemError } from '../errors/problem';
import { clippingOf, clippingText, readClipboard } from './clipping';
import { documentHash, documentText, parseDocument } from './document-text';
import { addNote, alignNodes, changeNote, moveNodes, pasteClipping, removeNodes } from './edits';
import { newDocument } from './new-document';
import { MAX_NOTES } from './notes';

const noted = addNote(addNote(newDocument(), { x: 10.4, y: 20 }, { text: 'Why 64?' }), { x: 300, y: 20 });

describe('notes', () => {
  it('are laid, changed, moved and deleted', () => {
    expect(noted.notes).toEqual([
      { id: 'note~1', text: 'Why 64?', colour: 'yellow', x: 10, y: 20, width: 200, height: 100 },
      { id: 'note~2', text: '', colour: 'yellow', x: 300, y: 20, width: 200, height: 100 },
    ]);
    const changed = changeNote(noted, 'note~2', { text: 'Because.', colour: 'blue', width: 1, height: 1e9 });
    expect(changed.notes?.[1]).toMatchObject({ text: 'Because.', colour: 'blue', width: 80, height: 2000 });
    expect(changeNote(noted, 'note~2', { text: '' })).toBe(noted);
    expect(changeNote(noted, 'note~9', { text: 'x' })).toBe(noted);
    expect(changeNote(noted, 'note~1', { x: Number.NaN }).notes?.[0]?.x).toBe(10);
    expect(moveNodes(noted, { 'note~1': { x: 5, y: 6 } }).notes?.[0]).toMatchObject({ x: 5, y: 6 });
    expect(alignNodes(noted, ['note~1', 'note~2'], 'left').notes?.map(({ x }) => x)).toEqual([10, 10]);
    expect(removeNodes(noted, ['note~1', 'note~2'])).toEqual(removeNodes(newDocument(), []));
    expect(removeNodes(noted, ['note~1']).blocks).toEqual(noted.blocks);
  });

  it('are saved, and mean nothing to a run', () => {
    expect(parseDocument(documentText(noted)).notes).toEqual(noted.notes);
    expect(documentHash(noted)).toBe(documentHash(newDocument()));
    expect(documentText(newDocument())).not.toContain('notes');
  });

  it('are copied and pasted, with blocks or alone', () => {
    const pasted = readClipboard(clippingText(clippingOf(noted, ['note~1', 'dense-1'])));
    if (pasted.kind !== 'blocks') throw new Error('no blocks');
    const twice = pasteClipping(noted, pasted.clipping);
    expect(twice.notes?.[2]).toMatchObject({ id: 'note~3', text: 'Why 64?', x: 50, y: 60 });
    expect(twice.blocks.map(({ id }) => id)).toContain('dense-3');
    const alone = readClipboard(clippingText(clippingOf(noted, ['note~2'])));
    if (alone.kind !== 'blocks') throw new Error('no note');
    expect(pasteClipping(newDocument(), alone.clipping).notes).toHaveLength(1);
  });

  it('are refused where they cannot be', () => {
    const full = Array.from({ length: MAX_NOTES }).reduce(
      (doc: typeof noted) => addNote(doc, { x: 0, y: 0 }),
      newDocument(),
    );
    expect(() => addNote(full, { x: 0, y: 0 })).toThrow(ProblemError);
    const odd = documentText(noted).replace('note~1', 'dense-1');
    expect(() => parseDocument(odd)).toThrow(/notes\.0\.id/);
  });
});
