import { describe, expect, it } from 'vitest';
import { ProblemError } from '../errors/problem';
import { drawingOf } from '../plan/drawing';
import { type Clipping, canCopy, clippingOf, clippingText, notCopied, readClipboard } from './clipping';
import { documentText } from './document-text';
import { moveNodes, pasteClipping, pastedIds, removeNodes, setParameter, setSkip, setTied } from './edits';
import { emptyDocument, newBlock, newDocument } from './new-document';
import { validateDocument } from './validate';

const drawn = setTied(
  setSkip(
    setParameter(setParameter(newDocument(), 'dense-2', 'units', 50), 'dense-2′', 'activation', 'tanh'),
    'dense-1',
    'add',
  ),
  'dense-2',
  true,
);

function throughClipboard(clipping: Clipping): Clipping {
  const pasted = readClipboard(clippingText(clipping));
  if (pasted.kind !== 'blocks') throw new Error('no blocks');
  return pasted.clipping;
}

function codesOf(deed: () => unknown): string[] {
  try {
    deed();
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}

describe('what is copied', () => {
  it('is the blocks of both halves with all that is set on them, and the wires between and into them', () => {
    const clipping = clippingOf(drawn, ['dense-1′', 'dense-2', 'input', 'output']);
    expect(clipping.part.blocks.map(({ id }) => id)).toEqual(['dense-1', 'dense-2']);
    expect(clipping.part.wires).toEqual([{ from: 'dense-1', to: 'dense-2' }]);
    expect(clipping.incoming).toEqual([{ from: 'input', to: 'dense-1' }]);
    expect(clipping.part.decoder).toEqual({ 'dense-2′': { activation: 'tanh' } });
    expect(clipping.part.skips).toEqual({ 'dense-1': 'add' });
    expect(clipping.part.tied).toEqual(['dense-2']);
    expect(throughClipboard(clipping)).toEqual(clipping);
  });

  it('is a text that people can read', () => {
    expect(clippingText(clippingOf(drawn, ['dense-2']))).toMatchInlineSnapshot(`
      "{
        "format": "hourglass-blocks",
        "version": 3,
        "blocks": [
          {
            "id": "dense-2",
            "type": "dense",
            "params": { "units": 50, "activation": "relu", "kernelInitializer": "glorotUniform", "useBias": true }
          }
        ],
        "incoming": [
          { "from": "dense-1", "to": "dense-2" }
        ],
        "decoder": { "dense-2′": { "activation": "tanh" } },
        "tied": ["dense-2"],
        "layout": { "dense-2": { "x": 398, "y": -105 } }
      }
      "
    `);
  });

  it('is never the input, the code, the output or what the planner places', () => {
    expect(canCopy(drawn, 'dense-1′')).toBeNull();
    for (const id of ['input', 'code', 'code′', 'output', 'dense-1~flatten']) {
      expect(canCopy(drawn, id)?.code).toBe('NOT_COPYABLE');
    }
    expect(notCopied(drawn, ['dense-1', 'dense-2′'])).toBeNull();
    expect(notCopied(drawn, ['dense-1', 'input', 'output'])?.message).toContain('input, output');
  });
});

describe('pasting', () => {
  it('gives new ids and keeps all else, a little aside', () => {
    const clipping = throughClipboard(clippingOf(drawn, ['dense-1', 'dense-2']));
    expect([...pastedIds(drawn, clipping)]).toEqual([
      ['dense-1', 'dense-3'],
      ['dense-2', 'dense-4'],
    ]);
    const pasted = pasteClipping(drawn, clipping);
    expect(pasted.blocks.find(({ id }) => id === 'dense-4')?.params).toEqual(
      drawn.blocks.find(({ id }) => id === 'dense-2')?.params,
    );
    expect(pasted.wires).toContainEqual({ from: 'dense-3', to: 'dense-4' });
    expect(pasted.wires).not.toContainEqual({ from: 'input', to: 'dense-3' });
    expect(pasted.decoder['dense-4′']).toEqual({ activation: 'tanh' });
    expect(pasted.skips).toEqual({ 'dense-1': 'add', 'dense-3': 'add' });
    expect(pasted.tied).toEqual(['dense-2', 'dense-4']);
    const place = (id: string) => drawingOf(pasted).nodes.find((node) => node.id === id)?.position;
    const [first, second] = [place('dense-1'), place('dense-2')];
    expect(place('dense-3')).toEqual({
      x: Math.round(first?.x ?? 0) + 40,
      y: Math.round(first?.y ?? 0) + 40,
    });
    expect(place('dense-4')).toEqual({
      x: Math.round(second?.x ?? 0) + 40,
      y: Math.round(second?.y ?? 0) + 40,
    });
    expect(Object.keys(pasteClipping(pasted, clipping).layout)).toHaveLength(4);
    expect(pasteClipping(pasted, clipping).layout['dense-5']?.x).toBe(Math.round(first?.x ?? 0) + 80);
  });

  it('stands in the old places where these are free, and takes moved twins along, mirrored', () => {
    const moved = moveNodes(drawn, { 'dense-2': { x: 300, y: 7 }, 'dense-2′': { x: 900, y: 9 } });
    const clipping = clippingOf(moved, ['dense-2']);
    expect(pasteClipping(emptyDocument(), clipping).layout).toEqual({
      'dense-1': { x: 300, y: 7 },
      'dense-1′': { x: 900, y: 9 },
    });
    expect(pasteClipping(moved, clipping).layout).toMatchObject({
      'dense-3': { x: 340, y: 47 },
      'dense-3′': { x: 860, y: 49 },
    });
  });

  it('keeps incoming wires where asked to, and only those that can be', () => {
    const clipping = clippingOf(drawn, ['dense-2']);
    expect(pasteClipping(drawn, clipping, true).wires).toContainEqual({ from: 'dense-1', to: 'dense-3' });
    const without = removeNodes(drawn, ['dense-1']);
    expect(validateDocument(pasteClipping(without, clipping, true)).map(({ code }) => code)).toEqual([
      'NOT_CONNECTED',
    ]);
  });

  it('pastes what an older version copied, and a whole drawing', () => {
    const old = clippingText(clippingOf(drawn, ['dense-2'])).replace('"version": 3', '"version": 1');
    expect(readClipboard(old)).toEqual({ kind: 'blocks', clipping: clippingOf(drawn, ['dense-2']) });
    expect(readClipboard(documentText(drawn)).kind).toBe('document');
  });
});

describe('a clipboard that others wrote', () => {
  const text = (change: object) =>
    JSON.stringify({
      format: 'hourglass-blocks',
      version: 3,
      blocks: [newBlock('dense', 'dense-1'), newBlock('dense', 'dense-2')],
      ...change,
    });

  it('is refused with a Problem, whatever is wrong with it', () => {
    const cases: [string, string][] = [
      ['hello', 'CLIPBOARD_FOREIGN'],
      ['', 'CLIPBOARD_FOREIGN'],
      ['[1, 2]', 'CLIPBOARD_FOREIGN'],
      ['{"a": 1}', 'CLIPBOARD_FOREIGN'],
      ['{"format": "hourglass-blocks", ', 'DOCUMENT_SYNTAX'],
      [text({ version: 99 }), 'DOCUMENT_NEWER'],
      [text({ blocks: undefined }), 'DOCUMENT_FIELD'],
      [text({ blocks: [] }), 'CLIPBOARD_EMPTY'],
      [text({ blocks: [newBlock('input', 'input')] }), 'CLIPBOARD_EMPTY'],
      [text({ blocks: [{ id: 'x', type: 'laser' }] }), 'UNKNOWN_BLOCK'],
      [text({ blocks: [{ id: 'x', type: 'dense', params: { units: -4 } }] }), 'DOCUMENT_FIELD'],
      [text({ blocks: Array.from({ length: 5_001 }, () => ({})) }), 'DOCUMENT_TOO_LARGE'],
      [text({ spell: 1 }), 'DOCUMENT_UNKNOWN_KEY'],
      [text({ incoming: 7 }), 'DOCUMENT_FIELD'],
      [text({ incoming: [{ from: 'input', to: 'nobody' }] }), 'DANGLING_WIRE'],
      [text({ wires: [{ from: 'dense-1', to: 'dense-1' }] }), 'SELF_WIRE'],
      [text({ skips: { 'dense-9': 'add' } }), 'PAIR_OF_NOTHING'],
      [text({ decoder: { 'dense-1′': { units: 3 } } }), 'DIFFERENCE_NOT_FREE'],
      ['{"format": "hourglass-blocks", "version": 3, "__proto__": {}}', 'DOCUMENT_FORBIDDEN_KEY'],
    ];
    for (const [given, code] of cases)
      expect([given, codesOf(() => readClipboard(given))[0]]).toEqual([given, code]);
    const circle = {
      wires: [
        { from: 'dense-1', to: 'dense-2' },
        { from: 'dense-2', to: 'dense-1' },
      ],
    };
    expect(codesOf(() => readClipboard(text(circle)))).toContain('CYCLE');
  });

  it('pastes blocks alone, not the input or the code beside them', () => {
    const pasted = readClipboard(
      text({ blocks: [newBlock('input', 'input'), newBlock('dense', 'a'), newBlock('code', 'code')] }),
    );
    if (pasted.kind !== 'blocks') throw new Error('no blocks');
    expect(pasteClipping(newDocument(), pasted.clipping).blocks.map(({ id }) => id)).toEqual([
      ...['input', 'dense-1', 'dense-2', 'code', 'dense-3'],
    ]);
  });
});
