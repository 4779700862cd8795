import { expect, it } from 'vitest';
import { setSkip } from '../../shared/document/edits';
import { emptyDocument, newBlock, newDocument } from '../../shared/document/new-document';
import { drawingOf } from '../../shared/plan/drawing';
import { detourLevels } from './detours';

it('runs skips under every block between the twins, the outer below the inner', () => {
  const drawing = drawingOf(setSkip(setSkip(newDocument(), 'dense-1', 'add'), 'dense-2', 'concat'));
  const bottom = (id: string) => {
    const node = drawing.nodes.find((candidate) => candidate.id === id);
    return (node?.position.y ?? 0) + (node?.height ?? 0);
  };
  const levels = detourLevels(drawing);
  const [inner = 0, outer = 0] = ['dense-2→dense-2′', 'dense-1→dense-1′'].map((id) => levels.get(id));
  expect(inner).toBeGreaterThan(Math.max(bottom('dense-2'), bottom('dense-2′'), bottom('code')));
  expect(outer).toBeGreaterThan(Math.max(bottom('dense-1'), bottom('dense-1′'), inner));
  expect(detourLevels(drawingOf(newDocument())).size).toBe(0);
});

it('runs a wire under what stands in its way, in both halves', () => {
  const doc = {
    ...emptyDocument(),
    blocks: [
      newBlock('input', 'input'),
      newBlock('conv', 'conv-1'),
      newBlock('add', 'add-1'),
      newBlock('code', 'code'),
    ],
    wires: [
      { from: 'input', to: 'conv-1' },
      { from: 'input', to: 'add-1' },
      { from: 'conv-1', to: 'add-1' },
      { from: 'add-1', to: 'code' },
    ],
  };
  expect([...detourLevels(drawingOf(doc)).keys()].sort()).toEqual(['add-1′→output', 'input→add-1']);
});
