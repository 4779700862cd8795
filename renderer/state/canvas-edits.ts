import { blockOf } from '../../shared/blocks/catalogue';
import {
  addBlock,
  canConnect,
  canInsert,
  canRemove,
  connect,
  disconnect,
  insertOnWire,
  nextBlockId,
  removeNodes,
} from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import { twinId } from '../../shared/plan/mirror';
import { wiringOf } from '../../shared/plan/wiring';
import { t } from '../strings/strings';
import { currentDocument, edit, select, useDocument } from './document-store';
import { canvasDrawing, shownDrawing, shownWire } from './drawing';
import { tell } from './messages';
import { selectedNodes } from './selected-nodes';

export type PaletteHalf = 'encoder' | 'decoder';

/** Deletes the selected blocks (each with its twin) and wires as one step; the chain closes over the blocks. */
export function removeSelection(): void {
  const { selection } = useDocument.getState();
  const document = currentDocument();
  const wires = [...new Set(selection.flatMap((id) => shownWire(id) ?? []))];
  const nodeIds = selectedNodes();
  const refused = nodeIds.map((id) => canRemove(document, id)).find((problem) => problem !== null);
  const removable = nodeIds.filter((id) => canRemove(document, id) === null);
  const cuttable = wires.filter((wire) => wire.encoderWire !== null || wire.skip !== null);
  if (removable.length + cuttable.length === 0) {
    if (refused) tell({ ...refused, severity: 'warning' });
    else if (wires.length > 0) tell({ severity: 'warning', message: t('canvas.ofTheCode') });
    return;
  }
  const done = edit((doc) => {
    const cut = cuttable.reduce((next, wire) => disconnect(next, wire.from, wire.to), doc);
    return removable.length > 0 ? removeNodes(cut, removable) : cut;
  });
  if (done) select([]);
}

export function selectAll(): void {
  select(
    [
      ...canvasDrawing(currentDocument()).nodes.filter(({ kind }) => kind !== 'placed'),
      ...(currentDocument().notes ?? []),
    ].map(({ id }) => id),
  );
}

/** Adds a block without the pointer: before the code, or at the end of what is connected so far. */
export function appendBlock(type: string, half: PaletteHalf): void {
  const id = nextBlockId(currentDocument(), type);
  if (edit((document) => appended(document, type))) select([nodeFor(id, half)]);
}

function appended(document: GraphDocument, type: string): GraphDocument {
  const intoCode = shownDrawing(document).wires.find(({ encoderWire, derived }) => {
    const target = document.blocks.find((block) => block.id === encoderWire?.to);
    return !derived && target !== undefined && blockOf(target.type)?.role === 'code';
  });
  if (intoCode && blockOf(type)?.role === 'layer') {
    const { from, to } = intoCode;
    const whole = canInsert(document, from, to, { type });
    if (whole === null) return insertOnWire(document, from, to, { type });
    return placedWhereItFits(document, type) ?? insertOnWire(document, from, to, { type });
  }
  const id = nextBlockId(document, type);
  const added = addBlock(document, type);
  const last = chainEnd(document);
  if (last === null || canConnect(added, last, id) !== null) return added;
  const joined = connect(added, last, id);
  return joined;
}

/** The last wire of the encoder that a block of this type could stand on: a convolution before the dense blocks. */
function placedWhereItFits(document: GraphDocument, type: string): GraphDocument | null {
  const wire = shownDrawing(document)
    .wires.filter(({ derived }) => !derived)
    .findLast(({ from, to }) => canInsert(document, from, to, { type }) === null);
  return wire ? insertOnWire(document, wire.from, wire.to, { type }) : null;
}

/** The last block reached from the input along the wires. */
function chainEnd(document: GraphDocument): string | null {
  return wiringOf(document).encoder.at(-1)?.id ?? null;
}

function nodeFor(id: string, half: PaletteHalf): string {
  return half === 'decoder' ? twinId(id) : id;
}
