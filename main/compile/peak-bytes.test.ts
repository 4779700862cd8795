import { expect, it } from 'vitest';
import { peakBytes } from './peak-bytes';
import { ProgramBuilder } from './program-builder';

it('counts each value from where it is made to where it is last read', () => {
  const build = new ProgramBuilder();
  // 400 bytes each: x, a and b are there at once; then c writes over b, and the sums over what they add.
  const x = build.feed('x', [100]);
  const a = build.add('square', [x]);
  const b = build.add('sqrt', [x]);
  const c = build.add('relu', [b]);
  const d = build.add('add', [build.add('add', [a, c]), x]);
  const program = build.finish('p', { outputs: { d } });
  expect(peakBytes(program)).toBe(1200);
});

it('takes a reshaped value for the same, and keeps all that is handed back to the end', () => {
  const build = new ProgramBuilder();
  const x = build.feed('x', [10, 10]);
  const flat = build.add('reshape', [x], { shape: [100] });
  const first = build.add('square', [flat]);
  const second = build.add('sqrt', [flat]);
  const program = build.finish('p', { outputs: { first, second } });
  // Nothing reads x after the second, which is written over it.
  expect(peakBytes(program)).toBe(800);
});
