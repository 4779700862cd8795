import { beforeEach, describe, expect, it } from 'vitest';
import { removeNodes, renameDocument, setParameter, setTraining } from '../../shared/document/edits';
import { newDocument } from '../../shared/document/new-document';
import { appendBlock, removeSelection } from './canvas-edits';
import {
  currentDocument,
  edit,
  isDirty,
  markSaved,
  openDocument,
  redoEdit,
  select,
  settle,
  undoEdit,
  useDocument,
} from './document-store';
import { currentDrawing } from './drawing';
import { useMessages } from './messages';

const unitsOf = (id: string) => currentDocument().blocks.find((block) => block.id === id)?.params.units;
const file = { path: '/home/ada/a.hourglass', hash: 'abc' };

beforeEach(() => {
  openDocument(newDocument(), null);
  useMessages.setState({ shown: [] });
});

describe('edits', () => {
  it('edits the pair from either side and undoes it in one step', () => {
    edit((document) => setParameter(document, 'dense-1′', 'units', 100));
    expect(unitsOf('dense-1')).toBe(100);
    undoEdit();
    expect(unitsOf('dense-1')).toBe(256);
    redoEdit();
    expect(unitsOf('dense-1')).toBe(100);
  });

  it('joins a gesture into one step', () => {
    for (const units of [90, 91, 92])
      edit((document) => setParameter(document, 'dense-1', 'units', units), 'spin');
    settle();
    undoEdit();
    expect(unitsOf('dense-1')).toBe(256);
  });

  it('refuses what is out of range, says why, and leaves the document alone', () => {
    const before = currentDocument();
    expect(edit((document) => setTraining(document, { batchSize: -1 }))).toBe(false);
    expect(currentDocument()).toBe(before);
    expect(useMessages.getState().shown).toHaveLength(1);
  });

  it('brings back a deleted pair with its wires', () => {
    const before = currentDrawing().wires.map(({ id }) => id);
    select(['dense-2′']);
    removeSelection();
    expect(currentDrawing().nodes.map(({ id }) => id)).not.toContain('dense-2');
    expect(currentDrawing().plan).not.toBeNull();
    expect(useDocument.getState().selection).toEqual([]);
    undoEdit();
    expect(currentDrawing().wires.map(({ id }) => id)).toEqual(before);
  });

  it('says why the input can’t be deleted', () => {
    select(['input']);
    removeSelection();
    expect(currentDocument().blocks.map(({ id }) => id)).toContain('input');
    expect(useMessages.getState().shown[0]?.severity).toBe('warning');
  });

  it('appends before the code, and a convolution before the dense blocks', () => {
    appendBlock('dense', 'encoder');
    expect(currentDocument().wires).toContainEqual({ from: 'dense-3', to: 'code' });
    appendBlock('conv', 'decoder');
    expect(currentDocument().wires).toContainEqual({ from: 'input', to: 'conv-1' });
    expect(useDocument.getState().selection).toEqual(['conv-1′']);
    expect(currentDrawing().plan).not.toBeNull();
  });
});

describe('saving', () => {
  it('is dirty from the first edit until it is saved or undone', () => {
    expect(isDirty(useDocument.getState())).toBe(false);
    edit((document) => renameDocument(document, 'Faces'));
    expect(isDirty(useDocument.getState())).toBe(true);
    undoEdit();
    expect(isDirty(useDocument.getState())).toBe(false);
    redoEdit();
    markSaved(currentDocument(), file, currentDocument());
    expect(isDirty(useDocument.getState())).toBe(false);
    undoEdit();
    expect(isDirty(useDocument.getState())).toBe(true);
  });

  it('keeps an edit made while the file was being written', () => {
    const written = currentDocument();
    edit((document) => removeNodes(document, ['dense-1']));
    markSaved(written, file, written);
    expect(isDirty(useDocument.getState())).toBe(true);
    expect(currentDocument().blocks.map(({ id }) => id)).not.toContain('dense-1');
  });

  it('begins a new history with another document', () => {
    edit((document) => renameDocument(document, 'Faces'));
    openDocument(newDocument(), file);
    undoEdit();
    expect(currentDocument().name).toBe('Untitled');
    expect(useDocument.getState().history.past).toEqual([]);
  });

  it('tells nobody of a selection that is the same', () => {
    select(['dense-1', 'code']);
    let told = 0;
    const end = useDocument.subscribe(() => {
      told += 1;
    });
    select(['dense-1', 'code']);
    expect(told).toBe(0);
    select(['code']);
    expect(told).toBe(1);
    end();
  });
});
