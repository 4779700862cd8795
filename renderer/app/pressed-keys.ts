import { isSymbol, type Keystroke, parseKeystroke, writeKeystroke } from '../../shared/settings/keystroke';

type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'getModifierState'
>;

/** Keys that only go with others, and what a keyboard says of a key that is not finished yet. */
const UNFINISHED = new Set([
  ...['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'OS', 'CapsLock', 'NumLock', 'ScrollLock', 'Fn'],
  ...['Dead', 'Process', 'Unidentified', 'Compose'],
]);

/**
 * The keys of an event as they are written, or null where only Shift and its like are held.
 *
 * What is matched is chosen by kind, so that keys are where users expect them on every keyboard. Letters go by what is
 * typed (`key`), so that Ctrl+Z is where the layout has Z; where no Latin letter is typed (a Cyrillic layout, Option on a
 * Mac) by the place (`code`). Digits go by the place, for some layouts type them with Shift only. Other characters go by
 * what is typed, whether that takes Shift or AltGr or neither. All else (Enter, F1, arrows) goes by its name.
 */
export function pressedKeys(event: Pressed): string | null {
  if (UNFINISHED.has(event.key) && !/^Key[A-Z]$/.test(event.code)) return null;
  const key = keyOf(event);
  if (key === null) return null;
  // AltGr is Ctrl and Alt to Windows; it made the character, and is no modifier of it.
  const made = isSymbol(key) && event.getModifierState('AltGraph');
  return writeKeystroke({
    mod: (event.ctrlKey || event.metaKey) && !made,
    alt: event.altKey && !made,
    shift: event.shiftKey,
    key,
  });
}

function keyOf({ key, code }: Pressed): string | null {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined && (key.length !== 1 || key.charCodeAt(0) > 127)) return letter.toLowerCase();
  if (key === ' ') return 'Space';
  return UNFINISHED.has(key) ? null : key;
}

/** Whether an event is of these keys. */
export function isPressed(event: Pressed, keys: string): boolean {
  return pressedKeys(event) === writeKeystroke(parseKeystroke(keys));
}

const isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  ContextMenu: 'Menu',
};

/** The words on the caps, to be shown one by one: `Ctrl`, `Shift`, `S`. */
export function capsOf(keys: string, mac = isMac): readonly string[] {
  const { mod, alt, shift, key }: Keystroke = parseKeystroke(keys);
  const cap = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  if (mac) return [...(alt ? ['⌥'] : []), ...(shift ? ['⇧'] : []), ...(mod ? ['⌘'] : []), cap];
  return [...(mod ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), cap];
}

/** `Ctrl+Shift+S`, `⇧⌘S`. */
export function shownKeystroke(keys: string, mac = isMac): string {
  return capsOf(keys, mac).join(mac ? '' : '+');
}
