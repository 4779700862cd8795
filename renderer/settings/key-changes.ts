import { parseKeystroke, writeKeystroke } from '../../shared/settings/keystroke';

/** The keys of each command: what it comes with, or what the user gave it. */
export type KeyTable = Readonly<Record<string, readonly string[]>>;

/** Only what differs from what commands come with is kept. */
type ChangedKeys = Record<string, string[]>;

/** Keys that move or press what has the focus, in every part of the window. */
const OF_THE_FOCUS = ['Tab', 'Enter', 'Space', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Escape'];

/** Whether these keys belong to whatever has the focus and to no command. */
export function belongsToFocus(keys: string): boolean {
  const { mod, alt, key } = parseKeystroke(keys);
  return !mod && !alt && OF_THE_FOCUS.includes(key);
}

/** Gives a command these keys, and takes them from those that had any of them. */
export function withKeysOf(
  own: KeyTable,
  changed: KeyTable,
  command: string,
  keys: readonly string[],
): ChangedKeys {
  const given = new Set(keys.map(plain));
  const next: Record<string, readonly string[]> = { ...changed, [command]: keys };
  for (const [other, others] of Object.entries({ ...own, ...changed })) {
    if (other === command || !others.some((each) => given.has(plain(each)))) continue;
    next[other] = others.filter((each) => !given.has(plain(each)));
  }
  return onlyChanges(own, next);
}

/** Gives a command back what it came with; what took these keys meanwhile loses them. */
export function withOwnKeys(own: KeyTable, changed: KeyTable, command: string): ChangedKeys {
  return withKeysOf(own, changed, command, own[command] ?? []);
}

function onlyChanges(own: KeyTable, keys: KeyTable): ChangedKeys {
  return Object.fromEntries(
    Object.entries(keys)
      // Of a command that this version does not have, nothing is thrown away.
      .filter(([command, each]) => !alike(each, own[command]))
      .map(([command, each]) => [command, [...each]]),
  );
}

function alike(a: readonly string[], b: readonly string[] | undefined): boolean {
  return (
    b !== undefined &&
    a.length === b.length &&
    a.every((each, place) => plain(each) === plain(b[place] ?? '?'))
  );
}

function plain(keys: string): string {
  return writeKeystroke(parseKeystroke(keys));
}
