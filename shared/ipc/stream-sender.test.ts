import { expect, it } from 'vitest';
import { ProblemError } from '../errors/problem';
import { StreamSender } from './stream-sender';

const limits = { ahead: 2, queued: 4 };

function sender(merge: (a: number[], b: number[]) => number[] | null) {
  const sent: { event: number[]; sequence: number }[] = [];
  const one = new StreamSender<number[]>((event, sequence) => sent.push({ event, sequence }), merge, limits);
  return { one, sent };
}

it('stays a few events ahead of the reader and merges the rest, in order, losing nothing', () => {
  const { one, sent } = sender((a, b) => [...a, ...b]);
  for (let index = 0; index < 1_000; index += 1) void one.emit([index]);
  expect(sent).toHaveLength(2);
  one.taken(0);
  expect(sent).toHaveLength(3);
  expect(sent.flatMap(({ event }) => event)).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
  expect(sent.map(({ sequence }) => sequence)).toEqual([0, 1, 999]);
});

it('lets a handler wait for room', async () => {
  const { one } = sender(() => null);
  await one.emit([0]);
  let room = false;
  const waiting = one.emit([1]).then(() => {
    room = true;
  });
  await Promise.resolve();
  expect(room).toBe(false);
  one.taken(0);
  await waiting;
  expect(room).toBe(true);
});

it('refuses to keep more than its limit', () => {
  const { one, sent } = sender(() => null);
  const push = () => {
    for (let index = 0; index < 7; index += 1) void one.emit([index]);
  };
  expect(push).toThrow(ProblemError);
  one.flush();
  expect(sent.map(({ event }) => event)).toEqual([[0], [1], [2], [3], [4], [5]]);
});

it('refuses sequence numbers that do not rise', () => {
  const { one } = sender(() => null);
  void one.emit([0], 5);
  expect(() => one.emit([1], 5)).toThrow('came after');
});
