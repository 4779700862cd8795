import { beforeEach, describe, expect, it } from 'vitest';
import { moveNodes } from '../../shared/document/edits';
import { newDocument } from '../../shared/document/new-document';
import { NODE_WIDTH } from '../../shared/plan/auto-layout';
import { currentDocument, edit, openDocument, undoEdit, useDocument } from '../state/document-store';
import { currentDrawing } from '../state/drawing';
import { addBlockAt } from './add-block';

const nodeOf = (id: string) => currentDrawing().nodes.find((node) => node.id === id);
const steps = () => useDocument.getState().history.past.length;

describe('adding a block where it was asked for', () => {
  beforeEach(() => openDocument(newDocument(), null));

  it('puts its middle there, or the side its wire comes to, in one step', () => {
    addBlockAt('dense', { at: 'canvas', half: 'encoder' }, { x: 100, y: 900 });
    const loose = nodeOf('dense-3');
    expect(loose?.position.x).toBe(100 - NODE_WIDTH / 2);
    expect((loose?.position.y ?? 0) + (loose?.height ?? 0) / 2).toBeCloseTo(900, -1);
    addBlockAt('dense', { at: 'end', of: { nodeId: 'dense-3', side: 'source' } }, { x: 300, y: 900 });
    expect(nodeOf('dense-4')?.position.x).toBe(300);
    addBlockAt('dense', { at: 'end', of: { nodeId: 'dense-3', side: 'target' } }, { x: 0, y: 900 });
    expect(nodeOf('dense-5')?.position.x).toBe(-NODE_WIDTH);
    expect(useDocument.getState().selection).toEqual(['dense-5']);
    expect(steps()).toBe(3);
    for (let step = 0; step < 3; step += 1) undoEdit();
    expect(currentDocument()).toEqual(newDocument());
  });

  it('puts it on a wire of the decoder into both halves, laid out with all else', () => {
    addBlockAt('dense', { at: 'wire', from: 'dense-2′', to: 'dense-1′' }, { x: 0, y: 0 });
    expect(currentDocument().wires).toContainEqual({ from: 'dense-1', to: 'dense-3' });
    expect(currentDocument().wires).toContainEqual({ from: 'dense-3', to: 'dense-2' });
    expect(currentDocument().layout).toEqual({});
    expect(useDocument.getState().selection).toEqual(['dense-3′']);
  });

  it('has the neighbours make room where the drawing was laid out by hand', () => {
    const places = Object.fromEntries(currentDrawing().nodes.map(({ id, position }) => [id, position]));
    edit((document) => moveNodes(document, places));
    const before = nodeOf('dense-1')?.position.x ?? 0;
    const point = { x: (nodeOf('dense-2')?.position.x ?? 0) - 30, y: 200 };
    addBlockAt('dense', { at: 'wire', from: 'dense-1', to: 'dense-2' }, point);
    expect(nodeOf('dense-1')?.position.x).toBeLessThan(before);
    expect(nodeOf('dense-2')?.position.x).toBe(places['dense-2']?.x);
    undoEdit();
    expect(nodeOf('dense-1')?.position.x).toBe(before);
  });
});
