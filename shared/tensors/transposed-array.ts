/** An array with its axes in another order: axis `perm[i]` of the source becomes axis i, as in NumPy. */
export function transposedArray(
  shape: readonly number[],
  data: Float32Array,
  perm: readonly number[],
): { readonly shape: readonly number[]; readonly data: Float32Array } {
  const target = perm.map((axis) => shape[axis] ?? 0);
  const steps = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, length) => product * length, 1),
  );
  const turned = new Float32Array(data.length);
  const place = target.map(() => 0);
  for (let at = 0; at < turned.length; at++) {
    let from = 0;
    for (let axis = 0; axis < place.length; axis++) from += place[axis]! * steps[perm[axis]!]!;
    turned[at] = data[from]!;
    for (let axis = place.length - 1; axis >= 0; axis--) {
      place[axis]! += 1;
      if (place[axis]! < target[axis]!) break;
      place[axis] = 0;
    }
  }
  return { shape: target, data: turned };
}
