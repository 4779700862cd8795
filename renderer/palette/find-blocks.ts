import type { BlockDefinition } from '../../shared/blocks/block';

/** What a block is looked for by. */
interface Named {
  readonly label: string;
  readonly half: 'encoder' | 'decoder';
  readonly block: Pick<BlockDefinition, 'type' | 'brief' | 'alsoCalled' | 'description'>;
}

/** Beside these, a longer way round through a name finds too much. */
const FEWEST_LETTERS = 3;

/**
 * How well a block answers what was typed, 0 the best; null where it does not. Every word typed has to be found: at the
 * beginning of the label, of one of its words, of another name the block goes by, within any of these, scattered over one
 * in this order (`cnv`, `btnk`), or in the description.
 */
export function matchOf(entry: Named, typed: string): number | null {
  const words = plain(typed).split(' ').filter(Boolean);
  const whole = words.join(' ');
  if (whole === plain(entry.label)) return 0;
  const ranks = words.map((word) => rankOf(entry, word));
  return ranks.some((rank) => rank === null)
    ? null
    : ranks.reduce<number>((sum, rank) => sum + (rank ?? 0), 0);
}

/** The blocks that answer what was typed, the best first; all in their order where nothing was. */
export function found<T extends Named>(entries: readonly T[], typed: string): readonly T[] {
  return entries
    .flatMap((entry, index) => {
      const rank = matchOf(entry, typed);
      return rank === null ? [] : [{ entry, rank, index }];
    })
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ entry }) => entry);
}

function rankOf({ label, half, block }: Named, word: string): number | null {
  const brief = half === 'decoder' ? block.brief?.mirrorLabel : block.brief?.label;
  const own = plain(label);
  const others = [brief ?? '', block.type, ...(block.alsoCalled ?? [])].map(plain);
  if (own.startsWith(word)) return 1;
  if (beginsWord(own, word)) return 2;
  if (others.some((name) => name.startsWith(word))) return 3;
  if (others.some((name) => beginsWord(name, word))) return 4;
  if ([own, ...others].some((name) => name.includes(word))) return 5;
  if (word.length < FEWEST_LETTERS) return null;
  if ([own, ...others].some((name) => isScattered(name, word))) return 6;
  return plain(block.description).includes(word) ? 7 : null;
}

/** Small letters, with what divides words as a space: `Max-Pool 1D` and `max pool 1d` are the same. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[-_./]+/g, ' ')
    .trim();
}

function beginsWord(name: string, word: string): boolean {
  return name.split(' ').some((part) => part.startsWith(word));
}

/** Whether the letters stand in a name in this order, beginning with its first. */
function isScattered(name: string, word: string): boolean {
  if (name[0] !== word[0]) return false;
  let at = 0;
  for (const letter of name) if (letter === word[at]) at += 1;
  return at === word.length;
}
