import { describe, expect, it } from 'vitest';
import { isPressed, pressedKeys, shownKeystroke } from './pressed-keys';

interface Given {
  readonly key: string;
  readonly code: string;
  /** `CSAG`: Ctrl, Shift, Alt, AltGr. */
  readonly held?: string;
}

function press({ key, code, held = '' }: Given) {
  const has = (letter: string) => held.includes(letter);
  return {
    key,
    code,
    // As Windows has it.
    ctrlKey: has('C') || has('G'),
    altKey: has('A') || has('G'),
    shiftKey: has('S'),
    metaKey: false,
    getModifierState: (name: string) => name === 'AltGraph' && has('G'),
  };
}

describe('pressed keys', () => {
  it.each<[string, Given, string | null]>([
    ['a letter by what is typed: Z of a German keyboard', { key: 'z', code: 'KeyY', held: 'C' }, 'Mod+z'],
    ['with Shift', { key: 'Z', code: 'KeyZ', held: 'CS' }, 'Mod+Shift+z'],
    ['with CapsLock', { key: 'S', code: 'KeyS', held: 'C' }, 'Mod+s'],
    ['by its place where it is not Latin', { key: 'я', code: 'KeyZ', held: 'C' }, 'Mod+z'],
    ['by its place where Option makes another of it', { key: '˜', code: 'KeyN', held: 'CA' }, 'Mod+Alt+n'],
    ['by its place where it waits for a second one', { key: 'Dead', code: 'KeyN', held: 'CA' }, 'Mod+Alt+n'],
    ['a digit by its place: French', { key: 'à', code: 'Digit0', held: 'C' }, 'Mod+0'],
    ['a digit with Shift', { key: '!', code: 'Digit1', held: 'S' }, 'Shift+1'],
    ['a digit of the number pad', { key: '0', code: 'Numpad0', held: 'C' }, 'Mod+0'],
    ['? of a US keyboard', { key: '?', code: 'Slash', held: 'S' }, '?'],
    ['? of a German keyboard', { key: '?', code: 'Minus', held: 'S' }, '?'],
    ['a character by AltGr', { key: '\\', code: 'Minus', held: 'G' }, '\\'],
    ['a comma', { key: ',', code: 'Comma', held: 'C' }, 'Mod+,'],
    ['a name', { key: 'F1', code: 'F1' }, 'F1'],
    ['the space', { key: ' ', code: 'Space' }, 'Space'],
    ['nothing while only Shift is held', { key: 'Shift', code: 'ShiftLeft', held: 'S' }, null],
  ])('%s', (_, given, keys) => {
    expect(pressedKeys(press(given))).toBe(keys);
    if (keys !== null) expect(isPressed(press(given), keys)).toBe(true);
  });

  it('with one modifier more are others', () => {
    expect(isPressed(press({ key: 's', code: 'KeyS', held: 'CS' }), 'Mod+s')).toBe(false);
    expect(isPressed(press({ key: 's', code: 'KeyS' }), 'Mod+s')).toBe(false);
    expect(isPressed(press({ key: 'F1', code: 'F1', held: 'S' }), 'F1')).toBe(false);
  });

  it('are shown as each system writes them', () => {
    expect(shownKeystroke('Mod+Shift+s', false)).toBe('Ctrl+Shift+S');
    expect(shownKeystroke('Mod+Shift+s', true)).toBe('⇧⌘S');
    expect(shownKeystroke('Mod+ArrowUp', false)).toBe('Ctrl+↑');
  });
});
