import { expect, it } from 'vitest';
import { insertOnWire, removeNodes, setParameter } from '../document/edits';
import type { GraphDocument } from '../document/graph-document';
import { newDocument } from '../document/new-document';
import { comparedDesigns } from './compare-designs';
import { drawingOf } from './drawing';

function changes(a: GraphDocument, b: GraphDocument) {
  const compared = comparedDesigns(drawingOf(a), drawingOf(b));
  const marked = (map: ReadonlyMap<string, string>) =>
    Object.fromEntries([...map].filter(([, change]) => change !== 'same'));
  return [marked(compared.before), marked(compared.after)];
}

it('marks nothing between equal designs', () => {
  expect(changes(newDocument(), newDocument())).toEqual([{}, {}]);
});

it('marks a changed block, and its twin where that shows it too', () => {
  const [before, after] = changes(
    newDocument(),
    setParameter(newDocument(), 'dense-1', 'activation', 'tanh'),
  );
  expect(before).toMatchObject({ 'dense-1': 'changed' });
  expect(after).toEqual(before);
  expect(before?.['dense-2']).toBeUndefined();
});

it('marks what was removed in the one, and what was added in the other, with the twins', () => {
  const drawing = newDocument();
  const less = removeNodes(drawing, ['dense-1']);
  expect(changes(drawing, less)[0]).toMatchObject({ 'dense-1': 'removed', 'dense-1′': 'removed' });
  const more = insertOnWire(drawing, 'dense-2', 'code', { type: 'dense' });
  expect(changes(drawing, more)[1]).toMatchObject({ 'dense-3': 'added', 'dense-3′': 'added' });
});
