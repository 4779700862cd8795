import pino from 'pino';
import { expect, it } from 'vitest';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { Client } from '../../shared/ipc/client';
import { Handlers } from '../../shared/ipc/handlers';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { serve } from '../../shared/ipc/server';
import { KeptRuns } from '../files/kept-runs';
import { RunKeeper } from './run-keeper';

/** An engine whose runs end when the test says so. */
function keeper() {
  const [near, far] = memoryPair((message) => structuredClone(message));
  const asked: unknown[] = [];
  const ends: ((folder: string | Error | null) => void)[] = [];
  let stopped = () => {};
  const handlers = new Handlers()
    .onCall('run.keep', async (params) => {
      asked.push(params);
      const folder = await new Promise<string | Error | null>((resolve) => ends.push(resolve));
      if (folder instanceof Error) throw folder;
      return { folder };
    })
    .onCall('run.stop', () => {
      stopped();
      return {};
    });
  serve(far, handlers, { report: () => 'ref' });
  const runs = new KeptRuns({ parent: '/nowhere' });
  const made = new RunKeeper({
    engine: new Client(near, (reason) => new ProblemError(problem('ENGINE_LOST', { reason }))),
    runs,
    version: '1.2.3',
    log: pino({ enabled: false }),
  });
  const end = async (folder: string | Error | null) => {
    while (ends.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    ends.shift()?.(folder);
  };
  return { made, asked, end, die: () => far.close('killed'), onStop: (act: () => void) => (stopped = act) };
}

it('has a run kept once, tells of it, and gives its id', async () => {
  const { made, asked, end } = keeper();
  const revisions: number[] = [];
  made.onState(({ revision }) => revisions.push(revision));
  const first = made.begin('r', { id: '0a0e5c06-5c4c-4d0c-9a27-0f4c0a6d2f11', size: 8 });
  expect(made.begin('r')).toBe(first);
  await end('/nowhere/runs/mine-1');
  expect(await first).toBe('mine-1');
  expect(asked).toEqual([
    {
      runId: 'r',
      parent: '/nowhere',
      note: { app: '1.2.3', sweep: { id: '0a0e5c06-5c4c-4d0c-9a27-0f4c0a6d2f11', size: 8 } },
    },
  ]);
  expect(revisions.length).toBeGreaterThan(0);
  expect(made.state.failure).toBeNull();
});

it('says nothing of a run that took no step', async () => {
  const { made, end } = keeper();
  const kept = made.begin('r');
  await end(null);
  expect(await kept).toBeNull();
  expect(made.state.failure).toBeNull();
});

it('tells why a run could not be kept, until another is', async () => {
  const { made, end } = keeper();
  const kept = made.begin('r');
  await end(new ProblemError(problem('DISK_FULL', { path: '/nowhere/runs' })));
  await expect(kept).rejects.toThrow(/no room/);
  expect(made.state.failure).toMatchObject({
    code: 'RUN_NOT_KEPT',
    message: expect.stringContaining('no room'),
  });
  const next = made.begin('s');
  await end('/nowhere/runs/mine-2');
  await next;
  expect(made.state.failure).toBeNull();
});

it('says nothing of its own where the engine died, which is told already', async () => {
  const { made, die } = keeper();
  const kept = made.begin('r');
  die();
  await expect(kept).rejects.toThrow('killed');
  expect(made.state.failure).toBeNull();
});

it('stops the run that goes on, and waits for it to be kept, but not for ever', async () => {
  const { made, end, onStop } = keeper();
  await made.stopAndKeep(10);
  const kept = made.begin('r');
  onStop(() => void end('/nowhere/runs/mine-3'));
  await made.stopAndKeep(5_000);
  expect(await kept).toBe('mine-3');
  onStop(() => {});
  made.begin('s');
  const since = performance.now();
  await made.stopAndKeep(50);
  expect(performance.now() - since).toBeLessThan(2_000);
});
