import { describe, expect, it } from 'vitest';
import { displayName } from '../plan/display-names';
import { drawingOf } from '../plan/drawing';
import { clippingOf } from './clipping';
import { documentHash, documentText, parseDocument } from './document-text';
import { canRename, connect, disconnect, pasteClipping, renameBlock, setParameter } from './edits';
import { newDocument } from './new-document';
import { validateDocument } from './validate';

const named = renameBlock(newDocument(), 'dense-2', '  Strokes  of digits ');
const labelOf = (doc: typeof named, id: string) => drawingOf(doc).nodes.find((node) => node.id === id)?.label;

describe('the name of a block', () => {
  it('is shown on it, and on its twin with a prime', () => {
    expect([labelOf(named, 'dense-2'), labelOf(named, 'dense-2′')]).toEqual([
      'Strokes of digits',
      'Strokes of digits′',
    ]);
    expect(drawingOf(named).nodes.find(({ id }) => id === 'dense-2′')?.kindLabel).toBe('Dense');
    expect(displayName(named, 'dense-2′')).toBe('Strokes of digits′');
    expect(displayName(named, 'dense-1~flatten')).toBe('dense-1~flatten');
  });

  it('is given from either half, taken back with an empty one, and cut at 60 letters', () => {
    expect(renameBlock(newDocument(), 'dense-2′', 'Strokes of digits′')).toEqual(named);
    expect(renameBlock(named, 'dense-2', ' ')).toEqual(newDocument());
    expect(renameBlock(named, 'dense-2', 'Strokes of digits')).toBe(named);
    expect(labelOf(renameBlock(named, 'code', 'x'.repeat(99)), 'code')).toHaveLength(60);
    expect(canRename(named, 'output')?.code).toBe('NOT_NAMEABLE');
    expect(canRename(named, 'dense-1~flatten')?.code).toBe('NOT_NAMEABLE');
  });

  it('is saved, copied, kept by other edits, and means nothing to a run', () => {
    expect(parseDocument(documentText(named))).toEqual(parseDocument(documentText(named)));
    expect(documentText(named)).toContain('"name": "Strokes of digits"');
    expect(documentHash(named)).toBe(documentHash(newDocument()));
    expect(labelOf(setParameter(named, 'dense-2', 'units', 3), 'dense-2')).toBe('Strokes of digits');
    expect(labelOf(pasteClipping(named, clippingOf(named, ['dense-2'])), 'dense-3')).toBe(
      'Strokes of digits',
    );
  });

  it('stands in Problems in place of the id, but not in place of a word', () => {
    const loose = disconnect(renameBlock(named, 'code', 'Heart'), 'dense-1', 'dense-2');
    const problems = validateDocument(loose);
    expect(problems.map(({ message }) => message).join(' ')).toContain('“Strokes of digits”');
    expect(problems.map(({ message }) => message).join(' ')).not.toContain('dense-2');
    expect(problems.find(({ code }) => code === 'NOT_CONNECTED')?.where?.nodeId).toBe('dense-2');
    expect(problems.map(({ message }) => message).join(' ')).toContain('code');
    expect(validateDocument(connect(loose, 'dense-1', 'dense-2'))).toEqual([]);
  });
});
