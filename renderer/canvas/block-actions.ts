import { blockOf } from '../../shared/blocks/catalogue';
import {
  canBypass,
  canReplace,
  cutWires,
  replaceBlock,
  replacedNodeId,
  setBypassed,
  setParameter,
} from '../../shared/document/edits';
import type { DrawingNode } from '../../shared/plan/drawing';
import { currentDocument, edit, select, useDocument } from '../state/document-store';
import { currentDrawing } from '../state/drawing';
import { tell } from '../state/messages';
import { t } from '../strings/strings';
import { askForBlock } from './block-question';
import { canvasPlace } from './canvas-place';

/** The selected nodes, as the canvas shows them. */
export function selectedNodes(): readonly DrawingNode[] {
  const { selection } = useDocument.getState();
  return currentDrawing().nodes.filter(({ id }) => selection.includes(id));
}

/** Leaves what is selected out of the network, or takes it in again where all of it is left out. */
export function bypassSelection(): void {
  const nodes = selectedNodes();
  const able = nodes.filter(({ id }) => canBypass(currentDocument(), id) === null);
  const [first] = nodes;
  const refused = first && canBypass(currentDocument(), first.id);
  if (able.length === 0) {
    if (refused) tell({ ...refused, severity: 'warning' });
    return;
  }
  const bypassed = !able.every((node) => node.bypassed);
  edit((document) =>
    setBypassed(
      document,
      able.map(({ id }) => id),
      bypassed,
    ),
  );
}

/** Whether the one block that is selected could be of another kind. */
export function canChangeSelection(): boolean {
  const [only, ...others] = selectedNodes();
  return only !== undefined && others.length === 0 && (only.kind === 'block' || only.kind === 'twin');
}

/** Asks, beside the one block that is selected, what it is to be instead. */
export function changeSelection(): void {
  const [node] = selectedNodes();
  if (!node || !canChangeSelection()) return;
  const corner = { x: node.position.x, y: node.position.y + node.height / 2 };
  askForBlock({
    at: canvasPlace().toWindow(corner),
    title: t('canvas.changeTo', { node: node.id }),
    offers: ({ half, block }) =>
      block.role === 'layer' && block.type !== node.type && (half === 'decoder') === (node.kind === 'twin'),
    refusal: ({ block }) => canReplace(currentDocument(), node.id, block.type),
    choose({ block }) {
      const next = replacedNodeId(currentDocument(), node.id, block.type);
      if (edit((document) => replaceBlock(document, node.id, block.type))) select([next]);
    },
  });
}

/** The wires of these nodes that can be taken off. */
export function wiresTouching(nodes: readonly DrawingNode[]) {
  const ids = new Set(nodes.map(({ id }) => id));
  return currentDrawing().wires.filter(
    ({ from, to, encoderWire, skip }) => (ids.has(from) || ids.has(to)) && (encoderWire || skip),
  );
}

/** Takes every wire off the selected nodes, in one step. */
export function disconnectSelection(): void {
  const wires = wiresTouching(selectedNodes());
  edit((document) => cutWires(document, wires));
}

/** The selected nodes with weights that can be frozen. */
export function freezable(): readonly DrawingNode[] {
  return selectedNodes().filter(({ type, kind }) => kind !== 'placed' && blockOf(type)?.params.frozen);
}

/** Has training leave the weights of what is selected as they are, or learn them again where all of them are frozen. */
export function freezeSelection(): void {
  const nodes = freezable();
  const frozen = !nodes.every(({ params }) => params.frozen === true);
  edit((document) => nodes.reduce((next, { id }) => setParameter(next, id, 'frozen', frozen), document));
}
