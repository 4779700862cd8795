import { expect, it } from 'vitest';
import { Client } from '../../shared/ipc/client';
import type { RunEvent } from '../../shared/ipc/contract';
import { Handlers } from '../../shared/ipc/handlers';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { serve } from '../../shared/ipc/server';
import type { RunProgress } from './run-progress';
import { RunWatch } from './run-watch';

const started: RunEvent = {
  kind: 'started',
  run: {
    runId: 'r',
    documentHash: 'h',
    engine: { name: 'onnx', version: '1', device: 'cpu', threads: 2 },
    state: 'running',
    epochs: 1,
    stepsPerEpoch: 10,
    parameterCount: 1,
    scaling: 'none',
  },
};
const stopped: RunEvent = {
  kind: 'stopped',
  step: 3,
  seconds: 1,
  samplesPerSecond: 1,
  validation: null,
  test: null,
  keptEpoch: null,
};

/** An engine whose runs go on until they are stopped. */
function engine() {
  const [near, far] = memoryPair((message) => structuredClone(message));
  const calls: string[] = [];
  let stop = () => {};
  const handlers = new Handlers()
    .onStream('run.events', async (_, { emit, signal }) => {
      await emit(started);
      await new Promise<void>((resolve) => {
        stop = resolve;
        signal.addEventListener('abort', resolve);
      });
      if (!signal.aborted) await emit(stopped);
    })
    .onCall('run.current', () => ({
      run: started.kind === 'started' ? { ...started.run, runId: 'unheard' } : null,
    }))
    .onCall('run.stop', ({ runId }) => {
      calls.push(`stop ${runId}`);
      stop();
      return {};
    });
  serve(far, handlers, { report: () => 'ref' });
  return { client: new Client(near), calls, die: () => far.close('killed') };
}

function watched() {
  const { client, ...rest } = engine();
  const phases: RunProgress['phase'][] = [];
  const watch = new RunWatch(client, ({ phase }) => {
    if (phases.at(-1) !== phase) phases.push(phase);
  });
  const until = async (wanted: RunProgress['phase']) => {
    while (watch.progress?.phase !== wanted) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { watch, phases, until, ...rest };
}

it('follows a run to its end, and has it kept', async () => {
  const { watch, phases, until, calls } = watched();
  expect(watch.isGoingOn).toBe(false);
  watch.begin('r');
  expect(watch.isGoingOn).toBe(true);
  await until('running');
  const keep = async (runId: string) => {
    calls.push(`keep ${runId}`);
    return 'mine';
  };
  expect(await watch.stopAndKeep(keep)).toBe('mine');
  await until('stopped');
  expect(calls).toEqual(['stop r', 'keep r']);
  expect(phases).toEqual(['starting', 'running', 'stopped']);
  expect(watch.isGoingOn).toBe(false);
});

it('takes a run for failed when its engine dies', async () => {
  const { watch, until, die } = watched();
  watch.begin('r');
  await until('running');
  die();
  await until('failed');
  expect(watch.progress?.failure).toContain('killed');
  await expect(watch.stopAndKeep(async () => 'mine')).rejects.toThrow('killed');
});

it('finds a run that nobody told of', async () => {
  const { watch, until } = watched();
  await watch.lookAgain();
  expect(watch.progress?.runId).toBe('unheard');
  await until('running');
  expect(watch.isGoingOn).toBe(true);
});

it('forgets the run before for the next', async () => {
  const { watch, until } = watched();
  watch.begin('r');
  await until('running');
  watch.begin('s');
  expect(watch.progress).toMatchObject({ runId: 's', phase: 'starting' });
  await until('running');
  expect(watch.progress?.runId).toBe('s');
});
