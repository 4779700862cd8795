import styles from './compare.module.css';

/** Colours of the compared runs; each also has a letter and dashes of its own. */
export const RUN_COLOURS = [
  '--hg-encoder',
  '--hg-code',
  '--hg-decoder',
  '--hg-held-out',
  '--hg-problem',
  '--hg-soft',
] as const;
export const RUN_DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 2], [9, 3, 2, 3], [5, 5], [1, 3]];

/** The place of a compared run's colour and dashes. */
export function lookOf(letter: string): number {
  return letter.charCodeAt(0) - 65;
}

/** The mark of a compared run. */
export function RunLetter({ letter }: { readonly letter: string }) {
  const colour = RUN_COLOURS[lookOf(letter)] ?? '--hg-soft';
  return (
    <span className={styles.letter} style={{ borderColor: `var(${colour})` }}>
      {letter}
    </span>
  );
}
