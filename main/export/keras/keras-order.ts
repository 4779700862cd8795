/** What of a layer its place in the order follows from. */
interface Ordered {
  readonly name: string;
  /** The layers it reads. */
  readonly inputs: readonly string[];
}

/**
 * The layers in the order in which Keras counts them, which decides where it looks for their weights: by their depth, the
 * longest way to the output, the deepest first; those of one depth as they are met on the way from the output back
 * (`map_graph` in keras/src/ops/function.py, Keras 3).
 */
export function kerasOrder<Layer extends Ordered>({
  layers,
  output,
}: {
  readonly layers: readonly Layer[];
  readonly output: Layer;
}): readonly Layer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const inputsOf = ({ inputs }: Layer) => inputs.flatMap((name) => byName.get(name) ?? []);
  const met = new Map<Layer, number>();
  const finished: Layer[] = [];
  // Depth first, without recursion: a network may be thousands of layers deep.
  const stack = [{ layer: output, next: 0 }];
  met.set(output, 0);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const input = inputsOf(top.layer)[top.next++];
    if (!input) {
      finished.push(top.layer);
      stack.pop();
    } else if (!met.has(input)) {
      met.set(input, met.size);
      stack.push({ layer: input, next: 0 });
    }
  }
  const depths = new Map<Layer, number>();
  for (const layer of finished.toReversed()) {
    const depth = depths.get(layer) ?? 0;
    depths.set(layer, depth);
    for (const input of inputsOf(layer)) depths.set(input, Math.max(depth + 1, depths.get(input) ?? 0));
  }
  const of = (numbers: ReadonlyMap<Layer, number>, layer: Layer) => numbers.get(layer) ?? 0;
  return finished.toSorted((a, b) => of(depths, b) - of(depths, a) || of(met, a) - of(met, b));
}
