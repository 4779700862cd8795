import { blockOf } from '../../shared/blocks/catalogue';
import { canBypass, resetDifference, setSkip, setTied } from '../../shared/document/edits';
import { isNoteId } from '../../shared/document/notes';
import type { DrawingNode, DrawingWire } from '../../shared/plan/drawing';
import { nodeOwner, twinId } from '../../shared/plan/mirror';
import { possibleSkips } from '../../shared/plan/skips';
import { tiedProblem } from '../../shared/plan/tied';
import type { CommandId } from '../app/commands';
import { currentDocument, edit, select, useDocument } from '../state/document-store';
import { currentDrawing, shownWire } from '../state/drawing';
import { t } from '../strings/strings';
import { addAtWire, addOnCanvas } from './add-block';
import { disconnectSelection, freezable, selectedNodes, wiresTouching } from './block-actions';
import type { MenuPlace } from './context-menu-store';
import { selectedGroup } from './groups';
import type { MenuEntry } from './menu-entry';
import { portEntries, portTitle } from './port-entries';

const LINE: MenuEntry = { kind: 'line' };

/** What fits where the menu was asked for: every item does something there. */
export function menuEntries(place: MenuPlace): { title: string | null; entries: readonly MenuEntry[] } {
  if (place.about === 'canvas') return { title: null, entries: canvasEntries(place) };
  if (place.about !== 'selection') {
    return { title: portTitle(place.about), entries: portEntries(place.about, place) };
  }
  const { selection } = useDocument.getState();
  const nodes = selectedNodes();
  const wires = [...new Set(selection.flatMap((id) => shownWire(id) ?? []))];
  const group = selectedGroup();
  if (group && selection.some((id) => nodeOwner(id).blockId === group.id)) {
    return { title: group.name, entries: groupEntries() };
  }
  if (selection.length === 1 && selection.every(isNoteId)) {
    return { title: t('notes.note'), entries: noteEntries() };
  }
  const [node, wire] = [nodes[0], wires[0]];
  if (nodes.length === 1 && node && wires.length === 0)
    return { title: nameOf(node), entries: nodeEntries(node) };
  if (wires.length === 1 && wire && nodes.length === 0) {
    return {
      title: wire.skip ? t('canvas.skipOf', { node: wire.from }) : null,
      entries: wireEntries(wire, place),
    };
  }
  return { title: t('canvas.selected', { count: selection.length }), entries: severalEntries(nodes.length) };
}

function nameOf({ label, id, type }: DrawingNode): string {
  return id === type ? label : `${label} ${id}`;
}

function canvasEntries({ at }: MenuPlace): MenuEntry[] {
  return [
    { kind: 'deed', label: t('commands.edit.addBlock'), run: () => addOnCanvas(at) },
    command('edit.note'),
    command('edit.paste'),
    LINE,
    command('edit.selectAll'),
    command('edit.tidy'),
    command('arrange.grid'),
    command('view.fit'),
  ];
}

function nodeEntries(node: DrawingNode): MenuEntry[] {
  const twin = partnerOf(node);
  return parted(
    [
      ...(node.kind === 'block' || node.kind === 'twin' ? [command('edit.changeBlock')] : []),
      ...bypassEntries(),
    ],
    [...freezeEntries(), ...tieEntries(node), ...skipEntries(node.blockId), ...differenceEntries(node)],
    twin ? [{ kind: 'deed', label: t('canvas.goTo', { node: twin.id }), run: () => select([twin.id]) }] : [],
    node.kind === 'block' || node.kind === 'twin'
      ? [command('edit.cut'), command('edit.copy'), command('edit.duplicate'), command('edit.rename')]
      : [],
    [
      ...disconnectEntries(),
      ...(node.kind === 'placed' || node.kind === 'output' ? [] : [command('edit.delete')]),
    ],
  );
}

function groupEntries(): MenuEntry[] {
  return parted(
    [command('arrange.collapse'), command('edit.rename'), command('arrange.ungroup')],
    [command('edit.cut'), command('edit.copy'), command('edit.duplicate')],
    [command('edit.delete')],
  );
}

function noteEntries(): MenuEntry[] {
  return parted(
    [command('edit.rename', t('notes.write'))],
    [command('edit.cut'), command('edit.copy'), command('edit.duplicate')],
    [command('edit.delete')],
  );
}

function severalEntries(nodeCount: number): MenuEntry[] {
  return parted(
    nodeCount > 0 ? [command('arrange.group')] : [],
    [...bypassEntries(), ...freezeEntries()],
    nodeCount > 0 ? [command('edit.cut'), command('edit.copy'), command('edit.duplicate')] : [],
    nodeCount > 1 ? [arrangeEntries()] : [],
    [...disconnectEntries(), command('edit.delete')],
  );
}

function wireEntries(wire: DrawingWire, { at }: MenuPlace): MenuEntry[] {
  const { from, to, skip, encoderWire } = wire;
  const insert: MenuEntry = {
    kind: 'deed',
    label: t('canvas.insert'),
    run: () => addAtWire({ at: 'wire', from, to }, at),
  };
  return parted(skip ? joinEntries(from) : [insert], encoderWire || skip ? [command('edit.delete')] : []);
}

function arrangeEntries(): MenuEntry {
  const align = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;
  const entries = [
    ...align.map((to) => command(`arrange.${to}`)),
    LINE,
    command('arrange.across'),
    command('arrange.down'),
  ];
  return { kind: 'sub', label: t('canvas.arrange'), entries };
}

function bypassEntries(): MenuEntry[] {
  const nodes = selectedNodes().filter(({ id }) => canBypass(currentDocument(), id) === null);
  if (nodes.length === 0) return [];
  const label = t(nodes.every(({ bypassed }) => bypassed) ? 'canvas.takeIn' : 'canvas.bypass');
  return [{ kind: 'command', id: 'edit.bypass', label }];
}

function freezeEntries(): MenuEntry[] {
  const nodes = freezable();
  if (nodes.length === 0) return [];
  const frozen = nodes.every(({ params }) => params.frozen === true);
  return [{ kind: 'command', id: 'edit.freeze', label: t(frozen ? 'canvas.unfreeze' : 'canvas.freeze') }];
}

function tieEntries({ blockId, tied }: DrawingNode): MenuEntry[] {
  const document = currentDocument();
  const block = document.blocks.find(({ id }) => id === blockId);
  if (!block || !blockOf(block.type)?.tiedMirror) return [];
  return [
    {
      kind: 'deed',
      label: t(tied ? 'canvas.untie' : 'canvas.tie'),
      refusal: tied ? undefined : tiedProblem(document, block)?.message,
      run: () => edit((doc) => setTied(doc, block.id, !tied)),
    },
  ];
}

function skipEntries(blockId: string | null): MenuEntry[] {
  const entries = blockId === null ? [] : joinEntries(blockId);
  return entries.length === 0 ? [] : [{ kind: 'sub', label: t('canvas.skip'), entries }];
}

/** How the skip from a block to its twin joins, or that there is none. */
function joinEntries(blockId: string): MenuEntry[] {
  const document = currentDocument();
  const block = document.blocks.find(({ id }) => id === blockId);
  const joins = block ? possibleSkips(document, block) : [];
  if (joins.length === 0) return [];
  const present = document.skips[blockId] ?? null;
  return [null, ...joins].map((join) => ({
    kind: 'deed',
    label: t(`canvas.joins.${join ?? 'none'}`),
    checked: join === present,
    run: () => edit((doc) => setSkip(doc, blockId, join)),
  }));
}

function differenceEntries({ id, differences }: DrawingNode): MenuEntry[] {
  if (differences.length === 0) return [];
  return [
    { kind: 'deed', label: t('canvas.resetDifferences'), run: () => edit((doc) => resetDifference(doc, id)) },
  ];
}

function disconnectEntries(): MenuEntry[] {
  if (wiresTouching(selectedNodes()).length === 0) return [];
  return [{ kind: 'deed', label: t('canvas.disconnect'), run: disconnectSelection }];
}

/** The other of a block and its twin. */
function partnerOf(node: DrawingNode): DrawingNode | undefined {
  if (node.kind === 'placed' || node.blockId === null) return undefined;
  const other = node.kind === 'twin' ? node.blockId : twinId(node.blockId);
  return currentDrawing().nodes.find(({ id }) => id === other);
}

function command(id: CommandId, label?: string): MenuEntry {
  return label === undefined ? { kind: 'command', id } : { kind: 'command', id, label };
}

/** Groups with a line between any two that hold something. */
function parted(...groups: readonly (readonly MenuEntry[])[]): MenuEntry[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [LINE, ...group]));
}
