import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keystrokeSchema, parseKeystroke, writeKeystroke, writesText } from './keystroke';

describe('a keystroke', () => {
  it('is read in any order of its modifiers, and written in one', () => {
    expect(writeKeystroke(parseKeystroke('Shift+Mod+K'))).toBe('Mod+Shift+k');
    expect(writeKeystroke(parseKeystroke('Shift+Alt+t'))).toBe('Alt+Shift+t');
    expect(writeKeystroke(parseKeystroke('Mod++'))).toBe('Mod++');
    expect(parseKeystroke('+').key).toBe('+');
  });

  it('names Shift with letters and digits, not with what is typed by means of it', () => {
    expect(writeKeystroke({ mod: false, alt: false, shift: true, key: '?' })).toBe('?');
    expect(writeKeystroke({ mod: true, alt: false, shift: true, key: '1' })).toBe('Mod+Shift+1');
    expect(writeKeystroke({ mod: false, alt: false, shift: true, key: 'F1' })).toBe('Shift+F1');
  });

  it('is the same after writing and reading', () => {
    const key = fc.constantFrom('a', 'z', '0', '?', '+', ',', '.', 'Enter', 'F1', 'ArrowUp', 'Space');
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.boolean(), key, (mod, alt, shift, pressed) => {
        const written = writeKeystroke({ mod, alt, shift, key: pressed });
        expect(writeKeystroke(parseKeystroke(written))).toBe(written);
      }),
    );
  });

  it.each(['', 'Ctrl + x', 'Mod+', 'a b'])('is not “%s”', (written) => {
    expect(keystrokeSchema.safeParse(written).success).toBe(false);
    expect(() => parseKeystroke(written)).toThrow();
  });

  it('writes text only without Ctrl and Alt', () => {
    expect(['k', '?', 'Delete', 'Shift+k'].map((keys) => writesText(parseKeystroke(keys)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['Mod+k', 'Alt+k', 'F1', 'Escape'].map((keys) => writesText(parseKeystroke(keys)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
