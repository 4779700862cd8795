import { expect, it } from 'vitest';
import { comparedSettings } from './compare-settings';
import { moveNodes, removeNodes, renameDocument, setParameter, setTraining } from './edits';
import { newDocument } from './new-document';

const differing = (...drawings: Parameters<typeof comparedSettings>[0]) =>
  comparedSettings(drawings)
    .filter(({ differs }) => differs)
    .map(({ group, label, values }) => [group, label, ...values]);

it('finds nothing between a drawing and itself, whatever it is called and wherever it stands', () => {
  const drawing = newDocument();
  const moved = moveNodes(renameDocument(drawing, 'Other'), { code: { x: 1, y: 2 } });
  expect(differing(drawing, moved)).toEqual([]);
  expect(comparedSettings([drawing]).length).toBeGreaterThan(20);
});

it('names what differs as the window does', () => {
  const drawing = newDocument();
  const other = setTraining(setParameter(drawing, 'dense-1', 'units', 100), { learningRate: 0.01, seed: 7 });
  expect(differing(drawing, other)).toEqual([
    ['Training', 'Learning rate', String(drawing.training.learningRate), '0.01'],
    ['Training', 'Seed', String(drawing.training.seed), '7'],
    ['dense-1', 'Units', '256', '100'],
  ]);
});

it('shows a block that only one has, with its wires', () => {
  const drawing = newDocument();
  const rows = differing(drawing, removeNodes(drawing, ['dense-1']));
  expect(rows.filter(([group]) => group === 'dense-1')).toEqual([['dense-1', 'Block', 'Dense 256', null]]);
  expect(rows).toContainEqual(['Wires', 'input → dense-2', null, 'yes']);
});
