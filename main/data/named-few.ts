/** The most names that a sentence lists. */
const MOST = 12;

/** Names in a sentence: all of a few, else the first twelve `and 30 more`. */
export function namedFew(names: readonly string[]): string {
  const listed = names.slice(0, MOST).join(', ');
  return names.length > MOST ? `${listed} and ${names.length - MOST} more` : listed;
}
