import type { BlockDefinition } from '../blocks/block';
import { blockOf } from '../blocks/catalogue';
import type { DocumentBlock, GraphDocument } from '../document/graph-document';
import { seenShape, targetShape } from '../tasks/catalogue';
import { joinedShape } from '../tensors/join';
import type { Shape } from '../tensors/shape';
import { isBypassed } from './bypass';
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
 * a mirror what it takes, as does a bypassed one; a twin has its block's shapes the other way round, joined by a skip with what comes in.
 */
export function knownShapes(
  doc: GraphDocument,
  wiring: Wiring,
  layers: ReadonlyMap<string, Layer>,
): ReadonlyMap<string, KnownShapes> {
  const shapes = new Map<string, KnownShapes>();
  const ordered = new Set(wiring.order.map(({ id }) => id));
  const stuck = doc.blocks.filter(({ id }) => !ordered.has(id));
  for (const block of [...wiring.order, ...stuck]) {
    const found = shapesOf(doc, wiring, layers, shapes, block);
    const { inputShape, outputShape, stoppedBy } = found;
    shapes.set(block.id, found);
    if (!hasTwin(block.type)) continue;
    const twin = layers.get(twinId(block.id));
    const join = isBypassed(doc, block) ? null : skipOf(doc, block);
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
  const shape = targetShape(doc.task, doc.data.shape);
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
  const sources = wiring.sources.get(block.id) ?? [];
  const given = sources.map((id) => before.get(id));
  const shapes = given.flatMap((known) => (known?.outputShape ? [known.outputShape] : []));
  const bypassed = isBypassed(doc, block);
  const join = bypassed ? undefined : blockOf(block.type)?.joins;
  const whole = join && shapes.length === given.length ? joinedShape(shapes, join) : null;
  const inputShape = join ? whole : (shapes[0] ?? null);
  const passesOn = bypassed || join !== undefined || blockOf(block.type)?.mirror === null;
  const outputShape = passesOn ? inputShape : ownOutputShape(block);
  if (inputShape && outputShape) return { inputShape, outputShape, stoppedBy: null };
  const stop = given.find((known) => !known?.outputShape)?.stoppedBy;
  const stoppedBy = inputShape ? block.id : (stop ?? block.id);
  return { inputShape, outputShape, stoppedBy };
}

/** What a block gives out whatever comes in: the units of one that makes vectors. Null for every other. */
export function ownOutputShape(block: DocumentBlock): Shape | null {
  const definition: BlockDefinition | undefined = blockOf(block.type);
  if (definition?.accepts !== 'vector' || definition.width === undefined) return null;
  const units = block.params[definition.width];
  return typeof units === 'number' && Number.isInteger(units) && units > 0 ? [units] : null;
}
