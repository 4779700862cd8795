import { expect, it } from 'vitest';
import { LossHistory } from './loss-history';

it('keeps every loss exactly, and writes them as JSON', () => {
  const history = new LossHistory();
  const all: number[] = [];
  for (let piece = 0; piece < 300; piece += 1) {
    const losses = Array.from({ length: piece % 50 }, (_, index) => Math.fround(1 / (piece + index + 1)));
    history.append(losses);
    all.push(...losses);
  }
  expect(history.count).toBe(all.length);
  expect(JSON.parse(`[${[...history.lines()].join('')}]`)).toEqual(all);
});

it('is an empty array before the first step', () => {
  expect([...new LossHistory().lines()].join('')).toBe('');
});
