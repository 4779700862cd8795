import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../shared/document/document-text';
import { groupBlocks, setCollapsed } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import { newDocument } from '../../shared/document/new-document';
import { drawingOf } from '../../shared/plan/drawing';
import { fitted, type Mark, type Measure, type WordsMark, wordsBounds, wrapped } from './marks';
import { pictureOf } from './picture-of';
import { whatGoes } from './what-goes';

/** As a font whose letters are all of one width. */
const measure: Measure = (text, { size }) => [...text].length * size * 0.55;
const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const drawings = readdirSync(examples)
  .filter((file) => file.endsWith('.hourglass'))
  .map((file) => parseDocument(readFileSync(examples + file, 'utf8')));

function words(marks: readonly Mark[]): WordsMark[] {
  return marks.flatMap((mark) => (mark.kind === 'words' ? [mark] : []));
}

function texts(document: GraphDocument): string[] {
  return words(pictureOf(document, measure).marks).map(({ text }) => text);
}

describe('the picture of a drawing', () => {
  it('has every block, the shape on every wire, the name and the foot inside its edges', () => {
    for (const document of drawings) {
      const { width, height, marks } = pictureOf(document, measure);
      const { nodes, wires } = drawingOf(document);
      const shown = words(marks).map(({ text }) => text);
      expect(shown[0]).toBe(document.name);
      const isCut = (text: string, label: string) => /.…$/.test(text) && label.startsWith(text.slice(0, -1));
      for (const { label, brief } of nodes)
        expect(shown.some((text) => text === label || text === brief || isCut(text, label))).toBe(true);
      const shapes = wires.filter(({ shape }) => shape !== null).length;
      expect(shown.filter((text) => /^(concat |\+ )?\d+(×\d+)*$/.test(text)).length).toBeGreaterThanOrEqual(
        shapes,
      );
      for (const mark of words(marks)) {
        const { left, top, right, bottom } = wordsBounds(mark, measure);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(width);
        expect(bottom).toBeLessThanOrEqual(height);
      }
    }
  });

  it('shows what the canvas shows: notes, frames of groups, and collapsed ones as one block', () => {
    const document: GraphDocument = {
      ...newDocument(),
      notes: [
        { id: 'note~1', text: 'Why so\nnarrow?', colour: 'blue', x: -400, y: -300, width: 160, height: 90 },
      ],
    };
    const [first] = document.blocks.filter(({ type }) => type === 'dense');
    const grouped = groupBlocks(document, [first!.id]);
    expect(texts(grouped)).toEqual(expect.arrayContaining(['Why so', 'narrow?', 'Group 1', 'Group 1′']));
    const collapsed = setCollapsed(grouped, 'group~1', true);
    expect(texts(collapsed)).toEqual(expect.arrayContaining(['Group 1', '1 block']));
    expect(texts(collapsed).length).toBeLessThan(texts(grouped).length);
  });

  it('has room for a drawing of hundreds of blocks and for an empty one', () => {
    const empty = pictureOf({ ...newDocument(), blocks: [], wires: [], layout: {} }, measure);
    expect(empty.width).toBeGreaterThan(500);
    expect(Number.isFinite(empty.height)).toBe(true);
  });
});

describe('words', () => {
  const font = { size: 10 };

  it('are cut where there is no room', () => {
    expect(fitted('Convolution', 100, font, measure)).toBe('Convolution');
    expect(fitted('Convolution', 33, font, measure)).toBe('Convo…');
    expect(fitted('Convolution', 3, font, measure)).toBe('');
  });

  it('are broken into lines, and within what is wider than a line', () => {
    expect(wrapped('one two three\n\nfour', 40, font, measure)).toEqual(['one two', 'three', '', 'four']);
    expect(wrapped('abcdefghij k', 28, font, measure)).toEqual(['abcde', 'fghij', 'k']);
  });
});

describe('what goes along', () => {
  const data = {
    kind: 'table',
    path: '/home/ada/patients.csv',
    label: { column: 'illness' },
    columns: ['age', 'weight'],
    series: false,
    scaling: 'none',
    shape: [2],
    fingerprint: 'f00',
    filter: { exclude: ['ill'], heldOut: 0 },
  } as const;

  it('names the data, and says where they lie only where that was asked for', () => {
    const document: GraphDocument = { ...newDocument(), data };
    const without = whatGoes(document, false);
    expect(without.goes.join()).toContain('patients.csv');
    expect(without.goes.join()).not.toContain('/home/ada');
    expect(without.goes.join()).toContain('4 names of columns and labels');
    expect(without.stays.join()).toContain('Where the data lie');
    const withPlace = whatGoes(document, true);
    const model = whatGoes(document, false, { pictures: true });
    expect(model.goes.join()).toMatch(/fingerprint.*weights.*losses.*picture of sixteen/i);
    expect(model.goes.join()).not.toContain('/');
    expect(model.stays).toContain('Where the data lie');
    expect(withPlace.goes.join()).toContain('/home/ada/patients.csv');
    expect(withPlace.stays.join()).not.toContain('Where the data lie');
  });
});
