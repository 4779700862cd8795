import { addAt, addedNodeId, canAddAt, halfOf, type Place, type Position } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import { NODE_WIDTH } from '../../shared/plan/auto-layout';
import { hasTwin } from '../../shared/plan/mirror';
import type { PaletteEntry } from '../palette/palette-entries';
import { currentDocument, edit, select } from '../state/document-store';
import { currentDrawing, shownDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { askForBlock } from './block-question';
import { canvasPlace } from './canvas-place';

/** Asks at the pointer for a block to be added there, by itself. */
export function addAtPointer(): void {
  addOnCanvas(canvasPlace().pointer());
}

/** Asks for a block to be added at a point of the window, by itself. */
export function addOnCanvas(at: Position): void {
  const point = canvasPlace().toDrawing(at);
  // On the right of the code a block makes its twin's place; the encoder gets the block itself.
  const code = currentDrawing().nodes.find(({ kind }) => kind === 'code');
  const inDecoder = code !== undefined && point.x > code.position.x + NODE_WIDTH;
  askForBlock({
    at,
    title: t('canvas.addBlock'),
    offers: ({ half, block }) => !inDecoder || half === 'decoder' || !hasTwin(block.type),
    refusal: ({ block, half }) =>
      canAddAt(currentDocument(), block.type, onCanvas(inDecoder ? 'decoder' : half)),
    choose: ({ block, half }) => addBlockAt(block.type, onCanvas(inDecoder ? 'decoder' : half), point),
  });
}

function onCanvas(half: PaletteEntry['half']): Place {
  return { at: 'canvas', half };
}

/** Asks for a block to be added at a point of the window, at the end of a wire or on one. */
export function addAtWire(place: Exclude<Place, { at: 'canvas' }>, at: Position): void {
  const point = canvasPlace().toDrawing(at);
  const half = halfOf(place);
  const title =
    place.at === 'end'
      ? t(place.of.side === 'source' ? 'canvas.addBehind' : 'canvas.addBefore', { node: place.of.nodeId })
      : t('canvas.addBetween', { from: place.from, to: place.to });
  askForBlock({
    at,
    title,
    // The code stands in both halves; it is listed once.
    offers: (entry) => entry.half === half || entry.block.role === 'code',
    refusal: ({ block }) => canAddAt(currentDocument(), block.type, place),
    choose: ({ block }) => addBlockAt(block.type, place, point),
  });
}

/** Adds a block at a place, as one step: its middle, or the side its wire comes to, at a point of the drawing. */
export function addBlockAt(type: string, place: Place, point: Position): void {
  const before = currentDocument();
  const nodeId = addedNodeId(before, type, place);
  const x = point.x - leftOf(place);
  const done = edit((document) => {
    // While nothing has been moved by hand, what is put on a wire is laid out with all else.
    const unplaced = addAt(document, type, place);
    if (place.at === 'wire' && Object.keys(document.layout).length === 0) return unplaced;
    return addAt(document, type, place, { x, y: point.y - heightOf(unplaced, nodeId) / 2 });
  });
  if (done) select([nodeId]);
}

/** How far a point lies from the left side of the block that is added there. */
function leftOf(place: Place): number {
  if (place.at !== 'end') return NODE_WIDTH / 2;
  return place.of.side === 'source' ? 0 : NODE_WIDTH;
}

function heightOf(document: GraphDocument, nodeId: string): number {
  return shownDrawing(document).nodes.find(({ id }) => id === nodeId)?.height ?? 0;
}
