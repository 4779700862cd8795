import { afterAll, expect, it, vi } from 'vitest';
import { parseKeystroke, writeKeystroke } from '../../shared/settings/keystroke';
import type { Command } from './commands';
import { MENUS } from './menus';

// What the window's modules ask of a page while they are loaded.
vi.stubGlobal('window', {});
vi.stubGlobal('navigator', { platform: 'Linux' });
vi.stubGlobal('localStorage', undefined);
afterAll(() => vi.unstubAllGlobals());

it('has commands whose keys can be read and are no other’s, and menus that name each once', async () => {
  const { commands } = await import('./commands');
  const all = Object.entries<Command>(commands).map(([id, { keys = [], appKeys = [], when }]) => ({
    id,
    keys: [...keys, ...appKeys].map((each) => writeKeystroke(parseKeystroke(each))),
    // Keys that mean something only at times may mean something else at others.
    isConditional: when !== undefined,
  }));
  for (const { id, keys, isConditional } of all) {
    const others = all.filter((other) => other.id !== id && !isConditional && !other.isConditional);
    for (const each of keys) {
      expect(others.filter((other) => other.keys.includes(each)).map((other) => other.id)).toEqual([]);
    }
  }
  const named = MENUS.flatMap(({ items }) => items).filter((item) => Object.hasOwn(commands, item));
  expect(named.filter((id, place) => named.indexOf(id) !== place)).toEqual([]);
});
