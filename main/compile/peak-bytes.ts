import { valueCount } from '../../shared/tensors/shape';
import type { Program, Value } from '../ops/program';

/** Ops whose output is their input under another shape. */
const VIEWS: ReadonlySet<string> = new Set(['reshape']);

/**
 * How many bytes the values of a Program take at once at the most, in the order of its nodes: each from the node that makes it to
 * the last that reads it. What is handed back, guarded or stored stays to the end: all gradients, as no weight is
 * changed before all are known to be finite. State and resident data are not in it. A node writes over an input of its output's
 * size that nothing reads again, so that no runtime needs less that keeps the order.
 */
export function peakBytes(program: Program): number {
  const { nodes, feeds, draws, outputs, guard, updates } = program;
  const owners = new Map<number, number>();
  const ownerOf = ({ id }: Value) => owners.get(id) ?? id;
  for (const { op, inputs, output } of nodes) {
    const [seen] = inputs;
    if (VIEWS.has(op) && seen) owners.set(output.id, ownerOf(seen));
  }
  const lastUse = new Map<number, number>();
  nodes.forEach(({ inputs }, at) => {
    for (const input of inputs) lastUse.set(ownerOf(input), at);
  });
  const kept = [
    ...outputs.map(({ value }) => value),
    ...guard,
    ...updates.flatMap(({ inputs }) => Object.values(inputs)),
  ];
  for (const value of kept) lastUse.set(ownerOf(value), nodes.length);

  const sizes = new Map<number, number>();
  let live = 0;
  const begin = (value: Value) => {
    const bytes = bytesOf(value);
    sizes.set(value.id, bytes);
    live += bytes;
  };
  for (const { value } of [...feeds, ...draws]) begin(value);
  let peak = live;
  nodes.forEach(({ inputs, output }, at) => {
    const ended = [...new Set(inputs.map(ownerOf))].filter((id) => sizes.has(id) && lastUse.get(id) === at);
    if (!owners.has(output.id)) {
      begin(output);
      const bytes = bytesOf(output);
      const isOver = ended.some((id) => sizes.get(id) === bytes);
      peak = Math.max(peak, isOver ? live - bytes : live);
    }
    for (const id of ended) {
      live -= sizes.get(id) ?? 0;
      sizes.delete(id);
    }
  });
  return peak;
}

function bytesOf({ dtype, shape }: Value): number {
  return valueCount(shape) * (dtype === 'uint8' ? 1 : 4);
}
