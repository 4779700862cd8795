import { wireId } from '../plan/wiring';
import { encoderWire, isSkipBetween } from './edit-wires';
import type { GraphDocument } from './graph-document';
import { tidy } from './tidy';

/** A wire of the canvas. */
interface CanvasWire {
  readonly from: string;
  readonly to: string;
}

/**
 * Takes several wires of the canvas off in one edit, of the encoder, its mirror, or skips. Two may stand for the same; those
 * that stand for none, as the one between the code and its mirror, stay.
 */
export function cutWires(doc: GraphDocument, wires: readonly CanvasWire[]): GraphDocument {
  const skips = new Set(wires.filter(({ from, to }) => isSkipBetween(from, to)).map(({ from }) => from));
  const cut = new Set(
    wires.flatMap(({ from, to }) => {
      const wire = isSkipBetween(from, to) ? null : encoderWire(doc, from, to);
      return wire ? [wireId(wire.from, wire.to)] : [];
    }),
  );
  const present = Object.keys(doc.skips).some((id) => skips.has(id));
  if (cut.size === 0 && !present) return doc;
  return tidy({
    ...doc,
    wires: doc.wires.filter(({ from, to }) => !cut.has(wireId(from, to))),
    skips: Object.fromEntries(Object.entries(doc.skips).filter(([id]) => !skips.has(id))),
  });
}
