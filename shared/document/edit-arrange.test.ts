import { describe, expect, it } from 'vitest';
import { drawingOf } from '../plan/drawing';
import { alignNodes, distributeNodes, layOutAnew, moveNodes } from './edits';
import type { GraphDocument } from './graph-document';
import { newDocument } from './new-document';

const ids = ['dense-1', 'dense-2', 'code'];
const scattered = moveNodes(newDocument(), {
  'dense-1': { x: 0, y: 10 },
  'dense-2': { x: 500, y: 300 },
  code: { x: 130, y: 900 },
});

function boxes(doc: GraphDocument) {
  return ids.map((id) => {
    const node = drawingOf(doc).nodes.find((candidate) => candidate.id === id);
    if (!node) throw new Error(id);
    const { x, y } = node.position;
    return { x, y, right: x + 96, bottom: y + node.height, middle: y + node.height / 2 };
  });
}

const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe('aligning', () => {
  it('lines up edges with the outermost, and centres with the middle between these', () => {
    expect(boxes(alignNodes(scattered, ids, 'left')).map(({ x }) => x)).toEqual([0, 0, 0]);
    expect(boxes(alignNodes(scattered, ids, 'right')).map(({ right }) => right)).toEqual([596, 596, 596]);
    expect(boxes(alignNodes(scattered, ids, 'centre')).map(({ x }) => x)).toEqual([250, 250, 250]);
    expect(boxes(alignNodes(scattered, ids, 'top')).map(({ y }) => y)).toEqual([10, 10, 10]);
    expect(
      spread(boxes(alignNodes(scattered, ids, 'bottom')).map(({ bottom }) => bottom)),
    ).toBeLessThanOrEqual(1);
    expect(
      spread(boxes(alignNodes(scattered, ids, 'middle')).map(({ middle }) => middle)),
    ).toBeLessThanOrEqual(1);
  });

  it('leaves the other axis, and a single block, alone', () => {
    expect(boxes(alignNodes(scattered, ids, 'left')).map(({ y }) => y)).toEqual([10, 300, 900]);
    expect(alignNodes(scattered, ['code'], 'left')).toBe(scattered);
  });
});

describe('distributing', () => {
  it('makes the gaps alike and leaves the outermost where they are', () => {
    const [first, second, code] = boxes(distributeNodes(scattered, ids, 'x'));
    expect([first?.x, code?.x, second?.x]).toEqual([0, 250, 500]);
    const [top, middle, bottom] = boxes(distributeNodes(scattered, ids, 'y'));
    expect([top?.y, bottom?.y]).toEqual([10, 900]);
    const gaps = [(middle?.y ?? 0) - (top?.bottom ?? 0), (bottom?.y ?? 0) - (middle?.bottom ?? 0)];
    expect(spread(gaps)).toBeLessThanOrEqual(1);
  });

  it('needs three', () => {
    expect(distributeNodes(scattered, ['dense-1', 'code'], 'x')).toBe(scattered);
  });
});

it('lays a drawing out anew', () => {
  expect(layOutAnew(scattered)).toEqual(newDocument());
  const untouched = newDocument();
  expect(layOutAnew(untouched)).toBe(untouched);
});
