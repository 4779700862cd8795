import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Heartbeat } from './heartbeat';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A process that answers when it is told to. */
function watched() {
  const told: (number | null)[] = [];
  const answers: (() => void)[] = [];
  let asked = 0;
  const heartbeat = new Heartbeat(
    () => {
      asked += 1;
      return new Promise<void>((resolve) => answers.push(resolve));
    },
    (seconds) => told.push(seconds),
    { every: 1_000, silent: 3_000, longest: 12_000 },
  );
  const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);
  const answer = async () => {
    answers.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { heartbeat, told, pass, answer, asked: () => asked };
}

it('says nothing of a process that answers', async () => {
  const { heartbeat, told, pass, answer } = watched();
  for (let second = 0; second < 20; second++) {
    await pass(1);
    await answer();
  }
  expect(told).toEqual([]);
  heartbeat.stop();
});

it('tells a silence while it lasts and when it is over, and asks one question only', async () => {
  const { heartbeat, told, pass, answer, asked } = watched();
  await pass(6);
  expect(told).toEqual([3, 4, 5]);
  expect(asked()).toBe(1);
  await answer();
  expect(told).toEqual([3, 4, 5, null]);
  heartbeat.stop();
});

it('is patient with steps as long as those that ended by themselves, up to a limit', async () => {
  const { heartbeat, told, pass, answer } = watched();
  await pass(6);
  await answer();
  told.length = 0;
  // One question, then nine seconds without an answer: less than twice the five of before.
  await pass(10);
  expect(told).toEqual([]);
  await pass(1);
  expect(told).toEqual([10]);
  await answer();
  told.length = 0;
  await pass(13);
  expect(told).toEqual([12]);
  heartbeat.stop();
});
