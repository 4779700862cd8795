import type { BlockDefinition } from '../blocks/block';
import { blockOf } from '../blocks/catalogue';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { seenShape } from '../tasks/catalogue';
import { joinedShape } from '../tensors/join';
import type { Shape } from '../tensors/shape';
import { hasTwin, OUTPUT, twinId } from './mirror';
import type { Layer } from './plan';
import { skipOf } from './skips';
import type { Wiring } from './wiring';

/** What is known of a node's shapes, also where a Problem keeps the plan from going on. */
export interface KnownShapes {
  readonly inputShape: Shape | null;
  readonly outputShape: Shape | null;
  /**
   * Where one of them is null: the block beyond which nothing is known, either for a Problem of its own or because no
   * wire leads into it.
   */
  readonly stoppedBy: string | null;
}

/**
 * The shapes of every node of the canvas as far as they can be told: those of the planned layers, and beyond a Problem
 * what the wires and the blocks' own widths still say. A dense block gives out its units whatever comes in; one without
 * a mirror what it takes; a twin has its block's shapes the other way round, joined by a skip with what comes in.
 */
export function knownShapes(
  doc: GraphDocument,
  wiring: Wiring,
  layers: ReadonlyMap<string, Layer>,
): ReadonlyMap<string, KnownShapes> {
  const shapes = new Map<string, KnownShapes>();
  for (const block of inWireOrder(doc, wiring)) {
    const found = shapesOf(doc, wiring, layers, shapes, block);
    const { inputShape, outputShape, stoppedBy } = found;
    shapes.set(block.id, found);
    if (!hasTwin(block.type)) continue;
    const twin = layers.get(twinId(block.id));
    const join = skipOf(doc, block);
    const joined = outputShape && join ? joinedShape([outputShape, outputShape], join) : outputShape;
    shapes.set(
      twinId(block.id),
      twin
        ? { inputShape: twin.inputShape, outputShape: twin.outputShape, stoppedBy: null }
        : { inputShape: joined, outputShape: inputShape, stoppedBy },
    );
  }
  const placed = [...layers.values()].filter((layer) => layer.blockId !== null && !shapes.has(layer.id));
  for (const { id, inputShape, outputShape } of placed) {
    shapes.set(id, { inputShape, outputShape, stoppedBy: null });
  }
  const { shape } = doc.data;
  shapes.set(OUTPUT, { inputShape: shape, outputShape: shape, stoppedBy: null });
  return shapes;
}

function shapesOf(
  doc: GraphDocument,
  wiring: Wiring,
  layers: ReadonlyMap<string, Layer>,
  before: ReadonlyMap<string, KnownShapes>,
  block: DocumentBlock,
): KnownShapes {
  const layer = layers.get(block.id);
  if (layer) return { inputShape: layer.inputShape, outputShape: layer.outputShape, stoppedBy: null };
  if (blockOf(block.type)?.role === 'input') {
    const seen = seenShape(doc.task.kind, doc.data.shape);
    return { inputShape: seen, outputShape: seen, stoppedBy: null };
  }
  const source = wiring.previous.get(block.id);
  const given = source === undefined ? undefined : before.get(source);
  const inputShape = given?.outputShape ?? null;
  const outputShape = blockOf(block.type)?.mirror === null ? inputShape : ownOutputShape(block);
  if (inputShape && outputShape) return { inputShape, outputShape, stoppedBy: null };
  const stoppedBy = inputShape ? block.id : (given?.stoppedBy ?? block.id);
  return { inputShape, outputShape, stoppedBy };
}

/** What a block gives out whatever comes in: the units of one that makes vectors. Null for every other. */
export function ownOutputShape(block: DocumentBlock): Shape | null {
  const definition: BlockDefinition | undefined = blockOf(block.type);
  if (definition?.accepts !== 'vector' || definition.width === undefined) return null;
  const units = block.params[definition.width];
  return typeof units === 'number' && Number.isInteger(units) && units > 0 ? [units] : null;
}

/** Every block, each after the one whose wire leads into it; those on a circle in the order of the document. */
function inWireOrder(doc: GraphDocument, wiring: Wiring): DocumentBlock[] {
  const order: DocumentBlock[] = [];
  const seen = new Set<string>();
  const follow = (start: DocumentBlock) => {
    let block: DocumentBlock | undefined = start;
    while (block && !seen.has(block.id)) {
      seen.add(block.id);
      order.push(block);
      block = wiring.blocks.get(wiring.next.get(block.id) ?? '');
    }
  };
  for (const block of doc.blocks) if (!wiring.previous.has(block.id)) follow(block);
  for (const block of doc.blocks) follow(block);
  return order;
}
