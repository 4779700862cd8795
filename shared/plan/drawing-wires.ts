import { blockOf } from '../blocks/catalogue';
import type { GraphDocument, Wire } from '../document/graph-document';
import type { Problem } from '../errors/problem';
import type { Join } from '../tensors/join';
import type { Shape } from '../tensors/shape';
import type { KnownShapes } from './known-shapes';
import { flattenId, hasTwin, nodeTakingBack, twinId } from './mirror';
import type { Layer } from './plan';
import { skipOf } from './skips';
import { type Wiring, wireId } from './wiring';

export interface DrawingWire {
  /** `from→to`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** What flows along it; null while it is not known. */
  readonly shape: Shape | null;
  /** Whether it follows from the encoder's wires rather than being one. */
  readonly derived: boolean;
  /** The wire of the document that deleting it deletes; null for the one between the code and its mirror. */
  readonly encoderWire: Wire | null;
  /** How it joins what its twin takes in, where it is a skip; deleting it deletes the skip. */
  readonly skip: Join | null;
  readonly problems: readonly Problem[];
  /** The wire that this one shows, where a collapsed group holds one of its ends. */
  readonly own?: string;
}

/**
 * Every wire of a drawing: those of the encoder, what follows from them in the decoder, and the skips.
 *
 * @param ofWire the Problems of the document's wires, by their ids
 */
export function wiresOf(
  doc: GraphDocument,
  wiring: Wiring,
  layers: ReadonlyMap<string, Layer>,
  shapes: ReadonlyMap<string, KnownShapes>,
  ofWire: ReadonlyMap<string, readonly Problem[]>,
): DrawingWire[] {
  const wires: DrawingWire[] = [];
  const drawn = new Set<string>();
  const add = (from: string, to: string, derived: boolean, encoderWire: Wire | null, carries = from) => {
    const id = wireId(from, to);
    // Two ways from one join to one twin, where nothing with a twin stands on either, are one wire of the decoder.
    if (drawn.has(id)) return;
    drawn.add(id);
    const known = encoderWire ? ofWire.get(wireId(encoderWire.from, encoderWire.to)) : undefined;
    const shape = shapes.get(carries)?.outputShape ?? null;
    wires.push({
      id,
      from,
      to,
      shape,
      derived,
      encoderWire,
      skip: null,
      problems: derived ? [] : (known ?? []),
    });
  };
  for (const wire of doc.wires) {
    const source = wiring.blocks.get(wire.from);
    const target = wiring.blocks.get(wire.to);
    if (!source || !target) continue;
    const flat = flattenId(wire.to);
    const flattened = layers.has(flat) && wiring.sources.get(wire.to)?.[0] === wire.from;
    add(wire.from, flattened ? flat : wire.to, false, wire);
    if (flattened) add(flat, wire.to, true, wire);
    if (wire.from === wire.to || !hasTwin(target.type)) continue;
    const end = nodeTakingBack(wiring, wire.from);
    if (end === null) continue;
    if (flattened) add(twinId(wire.to), twinId(flat), true, wire);
    const last = flattened ? twinId(flat) : twinId(wire.to);
    // A concatenation's mirror gives each of its sources only the part that came from there.
    add(last, end, true, wire, blockOf(target.type)?.joins === 'concat' ? wire.from : last);
  }
  for (const block of doc.blocks) {
    if (blockOf(block.type)?.role === 'code') add(block.id, twinId(block.id), true, null);
    const skip = skipOf(doc, block);
    if (skip === null) continue;
    const [from, to] = [block.id, twinId(block.id)];
    const shape = shapes.get(from)?.outputShape ?? null;
    wires.push({
      id: wireId(from, to),
      from,
      to,
      shape,
      derived: true,
      encoderWire: null,
      skip,
      problems: [],
    });
  }
  return wires;
}
