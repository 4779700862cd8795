import { expect, it } from 'vitest';
import type { Film } from '../../shared/ipc/contract';
import { filmBytes, filmFrom } from './film-file';

const film: Film = {
  steps: [1, 40],
  originals: { count: 2, shape: [2, 1, 1], pixels: Uint8Array.of(1, 2, 3, 4) },
  seen: { count: 2, shape: [1, 1, 1], pixels: Uint8Array.of(1, 3) },
  frames: Uint8Array.of(0, 0, 0, 0, 9, 8, 7, 6),
  watched: [null, { places: [11], pinned: 0, errors: [0.25] }],
  watchedOriginals: Uint8Array.of(5, 5),
  watchedFrames: Uint8Array.of(4, 4),
};

it('gives back what was written', () => {
  expect(filmFrom(filmBytes(film))).toEqual(film);
  const plain: Film = {
    ...film,
    seen: undefined,
    watched: [null, null],
    watchedOriginals: new Uint8Array(0),
    watchedFrames: new Uint8Array(0),
  };
  expect(filmFrom(filmBytes(plain))).toEqual(plain);
});

it('refuses what is cut off, changed or no film', () => {
  const bytes = filmBytes(film);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => filmFrom(bytes.subarray(0, length)), `${length} bytes`).toThrow();
  }
  const text = (change: (header: string) => string) => {
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    const changed = new TextEncoder().encode(change(header).padEnd(length, ' '));
    expect(changed.length).toBe(length);
    const all = bytes.slice();
    all.set(changed, 8);
    return all;
  };
  expect(() => filmFrom(text((header) => header))).not.toThrow();
  expect(() => filmFrom(text((header) => header.replace('[1,40]', '[1]   ')))).toThrow(/as its steps/);
  expect(() => filmFrom(text((header) => header.replace('hourglass-film', 'hourglass-fil')))).toThrow(
    /not a film/,
  );
  expect(() => filmFrom(text((header) => header.replace('[2,2,1,1]', '[9,2,1,1]')))).toThrow(/shape/);
  expect(() => filmFrom(text((header) => header.replace('"U8"', '"F8"')))).toThrow();
});
