import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModelSession, Tensor } from '../execute/executor';
import { GoodState } from './good-state';

const weight = (value: number): Map<string, Tensor> =>
  new Map([['code/bias', { dtype: 'float32', shape: [2], data: Float32Array.of(1, value) }]]);

/** A session that only holds state. */
function holding(state: Map<string, Tensor>) {
  const session: ModelSession = {
    run: () => expect.unreachable('nothing is run'),
    state: async () => new Map(state),
    async setState(given) {
      for (const [name, tensor] of given) state.set(name, tensor);
    },
    async dispose() {},
  };
  return session;
}

describe('GoodState', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('leaves a finite state as it is', async () => {
    const state = weight(7);
    await new GoodState(holding(state), weight(0)).ensure();
    expect(state).toEqual(weight(7));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'puts the last good state in place of one with %d',
    async (bad) => {
      const state = weight(7);
      const good = new GoodState(holding(state), weight(0));
      vi.advanceTimersByTime(11_000);
      await good.keep();
      state.set('code/bias', weight(bad).get('code/bias')!);
      vi.advanceTimersByTime(11_000);
      await good.keep();
      await good.ensure();
      expect(state).toEqual(weight(7));
    },
  );

  it('copies rarely', async () => {
    const state = weight(7);
    const good = new GoodState(holding(state), weight(0));
    await good.keep();
    state.set('code/bias', weight(Number.NaN).get('code/bias')!);
    await good.ensure();
    expect(state).toEqual(weight(0));
  });
});
