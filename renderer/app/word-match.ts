/**
 * How well what is typed into a search field fits a name: 0 where the name begins with it, then where words of the name
 * begin with its words, where the name holds it, where all its words are somewhere in the name or in what else is told;
 * null where they are not. Case and accents do not count.
 */
export function matchRank(typed: string, name: string, about = ''): number | null {
  const wanted = plain(typed).trim();
  if (wanted === '') return 0;
  const [title, all] = [plain(name), plain(`${name} ${about}`)];
  const words = wanted.split(/\s+/);
  if (title.startsWith(wanted)) return 0;
  const starts = title.split(/[\s,.:/()–-]+/);
  if (words.every((word) => starts.some((start) => start.startsWith(word)))) return 1;
  if (title.includes(wanted)) return 2;
  return words.every((word) => all.includes(word)) ? 3 : null;
}

/** Those that fit, the best first, and among equals in their own order. */
export function matching<T>(
  typed: string,
  items: readonly T[],
  textOf: (item: T) => { readonly name: string; readonly about?: string },
): T[] {
  return items
    .flatMap((item, place) => {
      const { name, about } = textOf(item);
      const rank = matchRank(typed, name, about);
      return rank === null ? [] : [{ item, rank, place }];
    })
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ item }) => item);
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
