import { describe, expect, it } from 'vitest';
import { connect, disconnect, groupBlocks, insertOnWire, setCollapsed } from '../document/edits';
import { newDocument } from '../document/new-document';
import { collapsedDrawing } from './collapse';
import { drawingOf } from './drawing';

const grouped = setCollapsed(groupBlocks(newDocument(), ['dense-1', 'dense-2']), 'group~1', true);
const shown = (doc: typeof grouped) => collapsedDrawing(doc, drawingOf(doc));
const heldBy = (doc: typeof grouped, id: string) => shown(doc).nodes.find((node) => node.id === id)?.holds;

describe('a collapsed group', () => {
  it('stands for its nodes in each half, and for those at which wires come in and go out', () => {
    expect(heldBy(grouped, 'group~1')).toEqual({
      members: ['dense-1~flatten', 'dense-1', 'dense-2'],
      first: 'dense-1~flatten',
      last: 'dense-2',
    });
    expect(heldBy(grouped, 'group~1′')).toMatchObject({ first: 'dense-2′', last: 'dense-1~flatten′' });
  });

  it('has its ends also where nothing is wired to it yet, so that wires can be drawn to them', () => {
    const loose = disconnect(disconnect(grouped, 'input', 'dense-1'), 'dense-2', 'code');
    expect(shown(loose).wires.some(({ from, to }) => from === 'group~1' || to === 'group~1')).toBe(false);
    const { first, last } = heldBy(loose, 'group~1')!;
    expect([first, last]).toEqual(['dense-1', 'dense-2']);
    const wired = connect(connect(loose, 'input', first), last, 'code');
    expect(wired.wires).toEqual(grouped.wires);
  });

  it('shows wires across its edge as those that they are, so that they can be changed', () => {
    const wires = shown(grouped).wires.map(({ id, own, encoderWire }) => [id, own, encoderWire?.to]);
    expect(wires).toContainEqual(['group~1→code', 'dense-2→code', 'code']);
    expect(wires).toContainEqual(['input→group~1', 'input→dense-1~flatten', 'dense-1']);
    const inserted = insertOnWire(grouped, 'dense-2', 'code', { type: 'dropout' });
    expect(shown(inserted).wires.map(({ id }) => id)).toContain('group~1→dropout-1');
  });
});
