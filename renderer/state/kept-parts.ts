/**
 * A list made anew, with the entries of the list before in the place of those that are equal to them: what shows an entry is drawn anew
 * only where it is another. Entries are told apart by their ids.
 *
 * @param same whether two entries of one id are equal
 */
export function keptParts<T extends { readonly id: string }>(
  before: readonly T[],
  next: readonly T[],
  same: (a: T, b: T) => boolean = sameValue,
): readonly T[] {
  const known = new Map(before.map((part) => [part.id, part]));
  const kept = next.map((part) => {
    const old = known.get(part.id);
    return old !== undefined && same(old, part) ? old : part;
  });
  const unchanged = kept.length === before.length && kept.every((part, at) => part === before[at]);
  return unchanged ? before : kept;
}

/** Whether two plain values, objects and lists of them hold the same all through. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(Reflect.get(a, name), Reflect.get(b, name)))
  );
}
