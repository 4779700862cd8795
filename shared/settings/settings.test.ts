import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, readSettings, settingsChangeSchema } from './settings';

describe('settings', () => {
  it('are read entry by entry: one that is wrong does not cost the others', () => {
    const text = JSON.stringify({ engine: 'onnx', threads: -3, keys: { 'run.train': ['F5'] }, later: 1 });
    const { settings, misread } = readSettings(text);
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, engine: 'onnx', keys: { 'run.train': ['F5'] } });
    expect(misread).toEqual(['threads']);
  });

  it.each(['', '{', '[]', '"text"', 'null'])('are not read from %j', (text) => {
    expect(() => readSettings(text)).toThrow();
  });

  it('a change names what it changes, and nothing else', () => {
    expect(settingsChangeSchema.parse({ threads: 2 })).toEqual({ threads: 2 });
    for (const wrong of [{ threads: 0 }, { threads: 1.5 }, { theme: 'pink' }, { keys: { x: ['a b'] } }]) {
      expect(settingsChangeSchema.safeParse(wrong).success).toBe(false);
    }
  });
});
