import { expect, it } from 'vitest';
import { planDocument } from '../plan/plan-document';
import {
  addNote,
  groupBlocks,
  setBypassed,
  setHyperparameters,
  setParameter,
  setSkip,
  setTraining,
  takeNetwork,
} from './edits';
import { newDocument } from './new-document';

const base = newDocument();
const other = [
  (doc: typeof base) => setHyperparameters(doc, { layerCount: 3, codeSize: 5 }),
  (doc: typeof base) => setParameter(doc, 'dense-2′', 'activation', 'tanh'),
  (doc: typeof base) => setSkip(doc, 'dense-2', 'add'),
].reduce((doc, edit) => edit(doc), base);

it('draws the network of another drawing, and leaves what is this one’s own', () => {
  const own = addNote(
    setBypassed({ ...setTraining(base, { epochs: 77 }), name: 'Mine' }, ['dense-1'], true),
    { x: 10, y: 20 },
  );
  const taken = takeNetwork(groupBlocks(own, ['dense-1', 'dense-2']), { ...other, name: 'Theirs' });
  const { name, task, data, output, training, notes } = own;
  expect(taken).toEqual({ ...other, name, task, data, output, training, notes });
  const shapesOf = (doc: typeof base) =>
    planDocument(doc).plan?.layers.map(({ id, weights }) => [id, weights]);
  expect(shapesOf(taken)).toEqual(shapesOf(other));
});

it('taken of itself, it is the same drawing', () => {
  expect(takeNetwork(other, other)).toEqual(other);
});
