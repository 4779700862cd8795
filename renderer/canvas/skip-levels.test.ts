import { expect, it } from 'vitest';
import { setSkip } from '../../shared/document/edits';
import { newDocument } from '../../shared/document/new-document';
import { drawingOf } from '../../shared/plan/drawing';
import { skipLevels } from './skip-levels';

it('runs skips under every block between the twins, the outer below the inner', () => {
  const drawing = drawingOf(setSkip(setSkip(newDocument(), 'dense-1', 'add'), 'dense-2', 'concat'));
  const bottom = (id: string) => {
    const node = drawing.nodes.find((candidate) => candidate.id === id);
    return (node?.position.y ?? 0) + (node?.height ?? 0);
  };
  const levels = skipLevels(drawing);
  const [inner = 0, outer = 0] = ['dense-2→dense-2′', 'dense-1→dense-1′'].map((id) => levels.get(id));
  expect(inner).toBeGreaterThan(Math.max(bottom('dense-2'), bottom('dense-2′'), bottom('code')));
  expect(outer).toBeGreaterThan(Math.max(bottom('dense-1'), bottom('dense-1′'), inner));
  expect(skipLevels(drawingOf(newDocument())).size).toBe(0);
});
