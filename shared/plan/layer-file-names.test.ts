import { expect, it } from 'vitest';
import { newBlock } from '../document/new-document';
import { layerFileName } from './layer-file-names';

const named = (id: string, name?: string) => ({
  ...newBlock('dense', id),
  ...(name !== undefined && { name }),
});

it('names files by what a block is called, safely, and by its id where it has no name', () => {
  const document = {
    blocks: [named('dense-1', 'Edges / “fine” lines'), named('dense-2'), named('dense-3', 'Kanten ü')],
  };
  expect(layerFileName(document, 'dense-1')).toBe('Edges-fine-lines');
  expect(layerFileName(document, 'dense-1′')).toBe('Edges-fine-lines-twin');
  expect(layerFileName(document, 'dense-2')).toBe('dense-2');
  expect(layerFileName(document, 'dense-2′')).toBe('dense-2-twin');
  expect(layerFileName(document, 'dense-3')).toBe('Kanten-ü');
  expect(layerFileName(document, 'conv-1~sum′')).toBe('conv-1-sum-twin');
});

it('gives no two layers the same', () => {
  const document = {
    blocks: [
      named('dense-1', 'Wide?'),
      named('dense-2', 'wide!'),
      named('dense-3', 'dense 2'),
      named('dense-4', '***'),
      named('dense-5', 'Edges'),
      named('dense-6', 'Edges twin'),
    ],
  };
  const ids = ['dense-1', 'dense-2', 'dense-3', 'dense-4', 'dense-5', 'dense-6'].flatMap((id) => [
    id,
    `${id}′`,
  ]);
  const names = ids.map((id) => layerFileName(document, id));
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(ids.length);
  expect(names).toContain('Wide-dense-1');
  expect(names).toContain('dense-4');
});
