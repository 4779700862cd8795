import { describe, expect, it } from 'vitest';
import { ProblemError } from '../errors/problem';
import { collapsedDrawing, groupHalves } from '../plan/collapse';
import { drawingOf } from '../plan/drawing';
import { clippingOf, clippingText, readClipboard } from './clipping';
import { documentHash, documentText, parseDocument } from './document-text';
import {
  canGroup,
  groupBlocks,
  pasteClipping,
  removeNodes,
  renameBlock,
  setCollapsed,
  setSkip,
  ungroup,
} from './edits';
import type { GraphDocument } from './graph-document';
import { newDocument } from './new-document';

const grouped = groupBlocks(newDocument(), ['dense-1', 'dense-2′', 'input', 'code']);
const closed = setCollapsed(grouped, 'group~1', true);
const shown = (doc: GraphDocument) => collapsedDrawing(doc, drawingOf(doc));

describe('a group', () => {
  it('is made of the blocks of either half, and never of the input or the code', () => {
    expect(grouped.groups).toEqual([
      { id: 'group~1', name: 'Group 1', blocks: ['dense-1', 'dense-2'], collapsed: false },
    ]);
    expect(canGroup(newDocument(), ['input', 'code', 'output'])?.code).toBe('NOTHING_TO_GROUP');
    expect(() => groupBlocks(newDocument(), [])).toThrow(ProblemError);
  });

  it('has a block in one group alone, and goes with its last', () => {
    const again = groupBlocks(grouped, ['dense-2']);
    expect(again.groups?.map(({ blocks }) => blocks)).toEqual([['dense-1'], ['dense-2']]);
    expect(removeNodes(again, ['dense-1′']).groups?.map(({ id }) => id)).toEqual(['group~2']);
    expect(removeNodes(grouped, ['dense-1', 'dense-2'])).not.toHaveProperty('groups');
    expect(ungroup(grouped, ['dense-1′'])).toEqual(ungroup(newDocument(), []));
    expect(groupBlocks(again, ['group~1', 'dense-2']).groups?.map(({ blocks }) => blocks)).toEqual([
      ['dense-1', 'dense-2'],
    ]);
  });

  it('is named, saved, copied, and means nothing to a run', () => {
    const named = renameBlock(closed, 'group~1′', 'Encoder′');
    expect(named.groups?.[0]?.name).toBe('Encoder');
    expect(renameBlock(named, 'group~1', ' ')).toBe(named);
    expect(parseDocument(documentText(named)).groups).toEqual(named.groups);
    expect(documentHash(named)).toBe(documentHash(newDocument()));
    const pasted = readClipboard(clippingText(clippingOf(named, ['dense-1', 'dense-2'])));
    if (pasted.kind !== 'blocks') throw new Error('no blocks');
    expect(pasteClipping(named, pasted.clipping).groups?.[1]).toEqual({
      ...{ id: 'group~2', name: 'Encoder', blocks: ['dense-3', 'dense-4'], collapsed: true },
    });
  });

  it('drops what a hand-edited file names but does not have', () => {
    const odd = documentText(grouped).replace('["dense-1", "dense-2"]', '["dense-1", "nobody", "code"]');
    expect(parseDocument(odd).groups?.[0]?.blocks).toEqual(['dense-1']);
  });
});

describe('a collapsed group', () => {
  it('is one node in each half, with the shapes at its edges and all its parameters', () => {
    const { nodes, wires } = shown(closed);
    expect(nodes.map(({ id }) => id).sort()).toEqual(
      ['code', 'code′', 'dense-1~flatten′', 'group~1', 'group~1′', 'input', 'output']
        .filter((id) => !id.includes('~flatten'))
        .sort(),
    );
    const [own, twin] = ['group~1', 'group~1′'].map((id) => nodes.find((node) => node.id === id));
    expect([own?.inputShape, own?.outputShape]).toEqual([[28, 28, 1], [64]]);
    expect([twin?.inputShape, twin?.outputShape]).toEqual([[64], [28, 28, 1]]);
    expect(own?.parameterCount).toBe(784 * 256 + 256 + 256 * 64 + 64);
    expect(twin?.label).toBe('Group 1′');
    expect(wires.map(({ id }) => id).sort()).toEqual(
      ['input→group~1', 'group~1→code', 'code→code′', 'code′→group~1′', 'group~1′→output'].sort(),
    );
  });

  it('shows skips of its blocks as one, and changes nothing of the drawing behind it', () => {
    const skipped = setSkip(closed, 'dense-2', 'add');
    expect(
      shown(skipped)
        .wires.filter(({ skip }) => skip !== null)
        .map(({ id }) => id),
    ).toEqual(['group~1→group~1′']);
    expect(drawingOf(closed).nodes.map(({ id }) => id)).toEqual(
      drawingOf(newDocument()).nodes.map(({ id }) => id),
    );
    expect(shown(grouped)).toEqual(drawingOf(grouped));
    expect(groupHalves(grouped, drawingOf(grouped).nodes).map(({ id }) => id)).toEqual([
      'group~1',
      'group~1′',
    ]);
  });
});
