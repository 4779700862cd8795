import { describe, expect, it } from 'vitest';
import { belongsToFocus, withKeysOf, withOwnKeys } from './key-changes';

const own = { train: ['Mod+Enter'], save: ['Mod+s'], redo: ['Mod+Shift+z', 'Mod+y'], about: [] };

describe('keys that are changed', () => {
  it('only what differs is kept', () => {
    expect(withKeysOf(own, {}, 'train', ['F5'])).toEqual({ train: ['F5'] });
    expect(withKeysOf(own, { train: ['F5'] }, 'train', ['Mod+Enter'])).toEqual({});
    expect(withKeysOf(own, {}, 'about', [])).toEqual({});
    expect(withKeysOf(own, {}, 'save', [])).toEqual({ save: [] });
  });

  it('are taken from the command that had them, however they were written', () => {
    expect(withKeysOf(own, {}, 'train', ['Shift+Mod+Z'])).toEqual({
      train: ['Shift+Mod+Z'],
      redo: ['Mod+y'],
    });
    expect(withKeysOf(own, { about: ['F9'] }, 'train', ['F9'])).toEqual({ train: ['F9'] });
  });

  it('go back, and with them what the others gave up for them does not', () => {
    const changed = withKeysOf(own, {}, 'train', ['Mod+s']);
    expect(changed).toEqual({ train: ['Mod+s'], save: [] });
    expect(withOwnKeys(own, changed, 'save')).toEqual({ train: [] });
    expect(withOwnKeys(own, { train: [] }, 'train')).toEqual({});
  });

  it('of commands that this version does not know stay', () => {
    expect(withKeysOf(own, { later: ['F8'] }, 'train', ['F5'])).toEqual({ later: ['F8'], train: ['F5'] });
  });
});

it('keys of the focus are no command’s', () => {
  expect(['Tab', 'Shift+Tab', 'Enter', 'ArrowUp', 'Escape'].every(belongsToFocus)).toBe(true);
  expect(['Mod+Enter', 'Alt+ArrowUp', 'F1', 'k', 'Delete'].some(belongsToFocus)).toBe(false);
});
