import { create } from 'zustand';
import type { Position } from '../../shared/document/edits';
import type { Problem } from '../../shared/errors/problem';
import type { PaletteEntry } from '../palette/palette-entries';

/** A choice among the blocks, asked for at a place of the window. */
export interface BlockQuestion {
  /** Pixels of the window. */
  readonly at: Position;
  readonly title: string;
  /** Whether an entry of the palette comes into question at all. */
  offers(entry: PaletteEntry): boolean;
  /** Why an entry that does cannot be chosen now, or null where it can. */
  refusal(entry: PaletteEntry): Problem | null;
  choose(entry: PaletteEntry): void;
}

export const useBlockQuestion = create<{ readonly question: BlockQuestion | null }>()(() => ({
  question: null,
}));

/** Asks; what refuses an entry is found once, for while the list is open the drawing stays as it is. */
export function askForBlock(question: BlockQuestion): void {
  const known = new Map<PaletteEntry, Problem | null>();
  const refusal = (entry: PaletteEntry) => {
    const remembered = known.get(entry);
    if (remembered !== undefined) return remembered;
    const found = question.refusal(entry);
    known.set(entry, found);
    return found;
  };
  useBlockQuestion.setState({ question: { ...question, refusal } });
}

export function endBlockQuestion(): void {
  useBlockQuestion.setState({ question: null });
}
