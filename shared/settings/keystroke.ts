import { z } from 'zod';

/**
 * Keys that are pressed together, as commands and settings write them: `Mod+Shift+k`, `Alt+ArrowUp`, `?`. `Mod` is Ctrl,
 * or ⌘ on a Mac; the last word is the key, by its name in `KeyboardEvent.key` (letters small, the space as `Space`).
 */
export interface Keystroke {
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
}

/** `+` is a key, too: `Mod++`. */
const WRITTEN = /^((?:Mod\+|Alt\+|Shift\+)*)(\S|[A-Za-z][A-Za-z0-9]{1,23})$/;

export const keystrokeSchema = z.string().regex(WRITTEN);

/** @throws Error where it is not written as a keystroke */
export function parseKeystroke(written: string): Keystroke {
  const [, modifiers = '', key] = WRITTEN.exec(written) ?? [];
  if (key === undefined) throw new Error(`“${written}” is no keystroke.`);
  const has = (word: string) => modifiers.split('+').includes(word);
  return {
    mod: has('Mod'),
    alt: has('Alt'),
    shift: has('Shift'),
    key: key.length === 1 ? key.toLowerCase() : key,
  };
}

/** Always the same text for the same keys, so that texts can be compared. */
export function writeKeystroke({ mod, alt, shift, key }: Keystroke): string {
  // What is typed with Shift says so by itself: `?`, not `Shift+?`.
  const shown = shift && !isSymbol(key);
  return `${mod ? 'Mod+' : ''}${alt ? 'Alt+' : ''}${shown ? 'Shift+' : ''}${key.length === 1 ? key.toLowerCase() : key}`;
}

/** One character that is neither letter nor digit: where it sits, and whether it takes Shift, differs by keyboard. */
export function isSymbol(key: string): boolean {
  return key.length === 1 && !/^[a-z0-9]$/i.test(key);
}

/** Whether these keys write something into a field that has the focus. */
export function writesText({ mod, alt, key }: Keystroke): boolean {
  return !mod && !alt && (key.length === 1 || key === 'Space' || key === 'Backspace' || key === 'Delete');
}
