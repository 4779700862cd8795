import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import fc from 'fast-check';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import { Client } from '../../shared/ipc/client';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { serve } from '../../shared/ipc/server';
import { FileBackups } from '../files/file-backups';
import { KeptRuns } from '../files/kept-runs';
import { KeptSettings } from '../files/kept-settings';
import { RecentFiles } from '../files/recent-files';
import { RecoveryDrafts } from '../files/recovery-drafts';
import { buildEngine, buildFolder, repository } from './built-engine';
import { CodeSweep } from './code-sweep';
import { EngineHost, type EngineHostOptions, type EngineStatus } from './engine-host';
import { forkedProcess } from './forked-process';
import { hostHandlers } from './host-handlers';
import { RunKeeper } from './run-keeper';
import { TensorFlowFetch } from './tensorflow-fetch';

const folder = buildFolder('engine-host-test');
const entry = join(folder, 'engine.mjs');
const log = pino({ enabled: false });
const hosts: EngineHost[] = [];
/** Of all engines that were ever started: none may be left at the end. */
const pids = new Set<number>();

beforeAll(() => buildEngine(folder));

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await sleep(50);
  expect([...pids].filter(isAlive)).toEqual([]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function started(heartbeat: EngineHostOptions['heartbeat'] = {}): {
  host: EngineHost;
  states: (EngineStatus & { at: number })[];
} {
  const startProcess = () => forkedProcess(entry, 'pipe');
  const host = new EngineHost({ startProcess, log, firstPause: 20, heartbeat });
  hosts.push(host);
  const states: (EngineStatus & { at: number })[] = [];
  host.onStatus((status) => {
    states.push({ ...status, at: performance.now() });
    if (host.pid) pids.add(host.pid);
  });
  host.start();
  return { host, states };
}

async function until(host: EngineHost, wanted: (status: EngineStatus) => boolean): Promise<void> {
  if (wanted(host.status)) return;
  await new Promise<void>((done) => {
    const stop = host.onStatus((status) => {
      if (!wanted(status)) return;
      stop();
      done();
    });
  });
}

const isUp = ({ state }: EngineStatus) => state === 'up';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function kill(host: EngineHost): void {
  if (host.pid) process.kill(host.pid, 'SIGKILL');
}

/** A window on this host. */
async function windowOf(host: EngineHost): Promise<Client> {
  const [near, far] = memoryPair((message) => structuredClone(message));
  const description = {
    version: '0',
    shell: 'browser' as const,
    home: '/',
    examples: '/',
    versions: [],
    logFolder: '/',
    dataFolder: folder,
  };
  const tensorFlow = await TensorFlowFetch.open({
    startProcess: () => expect.unreachable('nothing here fetches TensorFlow'),
    env: { HOURGLASS_NO_DOWNLOAD: '1' },
    cacheFolder: folder,
    log,
  });
  const backups = new FileBackups({ folder: join(folder, 'backups') });
  const drafts = new RecoveryDrafts({ folder: join(folder, 'drafts') });
  const recent = new RecentFiles(join(folder, 'recent.json'));
  const settings = await KeptSettings.open(join(folder, 'settings.json'));
  const runs = new KeptRuns({ parent: folder });
  const keeper = new RunKeeper({ engine: host.asker, runs, version: '0', log });
  const sweep = new CodeSweep({ engine: host.asker, keeper, log });
  serve(
    far,
    hostHandlers({ description, engine: host, tensorFlow, backups, drafts, recent, settings, keeper, sweep }),
    {
      report: () => 'ref',
    },
  );
  return new Client(near);
}

function drawing() {
  const base = newDocument();
  return {
    ...base,
    data: { kind: 'builtin', name: 'digits-and-shapes', count: 400, shape: [28, 28, 1] } as const,
    training: { ...base.training, batchSize: 32, epochs: 10_000 },
  };
}

it('an engine killed in the middle of a run is noticed within 2 s, is back within 5 s, and the window lives on', async () => {
  const { host, states } = started();
  const window = await windowOf(host);
  const told: EngineStatus[] = [];
  window.stream('host.engine', {}, (status) => void told.push(status));
  const { runId } = await window.call('run.start', {
    document: { ...drawing() },
    baseFolder: null,
    engine: 'onnx',
  });
  let progress = 0;
  const following = window.stream('run.events', { runId, after: -1 }, ({ kind }) => {
    if (kind === 'progress') progress += 1;
  });
  while (progress < 3) await sleep(10);
  await until(host, isUp);
  const killedAt = performance.now();
  kill(host);
  await expect(following.ended).rejects.toThrow('The engine stopped (killed by SIGKILL)');
  expect(performance.now() - killedAt).toBeLessThan(2_000);
  await expect(window.call('host.describe', {})).resolves.toMatchObject({ shell: 'browser' });
  await until(host, (status) => isUp(status) && status.generation === 2);
  // On a machine that is busy with other things, a process takes longer to start: not longer than the first one took.
  const at = (state: string, generation: number) =>
    states.find((status) => status.state === state && status.generation === generation)?.at ?? Number.NaN;
  expect(at('starting', 2) - at('down', 1)).toBeLessThan(1_000);
  expect(at('up', 2) - killedAt).toBeLessThan(Math.max(5_000, 2 * (at('up', 1) - at('starting', 1))));
  expect(told.map(({ state, generation }) => `${state} ${generation}`)).toEqual([
    'starting 1',
    'up 1',
    'down 1',
    'starting 2',
    'up 2',
  ]);
  expect(host.status).toEqual({ state: 'up', generation: 2 });
  await expect(window.call('run.current', {})).resolves.toEqual({ run: null });
  // Where on the disk something is written is not a window's to say.
  const keeping = await window
    .call('run.keep', { runId, parent: folder, note: { app: '0' } })
    .catch((error: unknown) => error);
  expect(keeping instanceof ProblemError && keeping.problems[0].code).toBe('REQUEST_UNKNOWN');
  const pause = await window.call('run.pause', { runId }).catch((error: unknown) => error);
  expect(pause instanceof ProblemError && pause.problems[0].code).toBe('RUN_UNKNOWN');
});

it('an engine that hangs is told of, heard again when it wakes, and restarted when asked', async () => {
  // A machine that is busy with other things must not count as hanging.
  const { host, states } = started({ every: 100, silent: 3_000 });
  const window = await windowOf(host);
  await until(host, isUp);
  const { pid } = host;
  process.kill(pid!, 'SIGSTOP');
  await until(host, ({ silentFor }) => silentFor !== undefined);
  expect(host.status).toMatchObject({ state: 'up', generation: 1 });
  // Longer where the engine was busy before for longer.
  expect(host.status.silentFor).toBeGreaterThanOrEqual(3);
  process.kill(pid!, 'SIGCONT');
  await until(host, ({ silentFor }) => silentFor === undefined);
  expect(host.status).toEqual({ state: 'up', generation: 1 });

  process.kill(pid!, 'SIGSTOP');
  const waiting = window.call('engine.describe', {});
  await until(host, ({ silentFor }) => silentFor !== undefined);
  await window.call('host.restartEngine', {});
  await expect(waiting).rejects.toThrow('The engine stopped (restarted as asked)');
  await until(host, (status) => isUp(status) && status.generation === 2);
  expect(isAlive(pid!)).toBe(false);
  expect(states.filter(({ state }) => state === 'down')).toMatchObject([{ reason: 'restarted as asked' }]);
  await expect(window.call('run.current', {})).resolves.toEqual({ run: null });
});

it('killed at any moment, rejects all that waits and comes back', async () => {
  const { host, states } = started();
  const window = await windowOf(host);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 400 }), async (delay) => {
      await until(host, ({ state }) => state !== 'down');
      const { generation } = host.status;
      const waiting = Promise.allSettled([
        window.call('engine.describe', {}),
        window.call('run.start', { document: { ...drawing() }, baseFolder: null, engine: 'onnx' }),
        window.stream(
          'data.load',
          { reference: drawing().data, baseFolder: null, validationShare: 0.1, seed: 1 },
          () => {},
        ).ended,
      ]);
      await sleep(delay);
      const killedAt = performance.now();
      kill(host);
      await waiting;
      await until(host, (status) => status.generation > generation);
      const down = states.find((status) => status.state === 'down' && status.generation === generation);
      expect((down?.at ?? Number.POSITIVE_INFINITY) - killedAt).toBeLessThan(2_000);
    }),
    { numRuns: 6 },
  );
  await until(host, isUp);
  expect((await window.call('engine.describe', {})).available.length).toBeGreaterThan(0);
});

it('asked while it is down, says why', async () => {
  const host = new EngineHost({
    startProcess: () => forkedProcess(join(folder, 'missing.mjs'), 'pipe'),
    log,
    firstPause: 10_000,
  });
  hosts.push(host);
  const window = await windowOf(host);
  await expect(window.call('engine.describe', {})).rejects.toThrow('it is being started');
  host.start();
  await until(host, ({ state }) => state === 'down');
  expect(host.status.reason).toBe('exit code 1');
  await expect(window.call('engine.describe', {})).rejects.toThrow('exit code 1');
});

it('an engine whose host is killed ends by itself', async () => {
  const script = join(folder, 'orphan.mjs');
  await build({
    stdin: {
      contents: `
        import pino from 'pino';
        import { writeFileSync } from 'node:fs';
        import { EngineHost } from './app/host/engine-host';
        import { forkedProcess } from './app/host/forked-process';
        const startProcess = () => forkedProcess(${JSON.stringify(entry)}, 'pipe');
        const host = new EngineHost({ startProcess, log: pino({ enabled: false }) });
        host.onStatus(({ state }) => {
          if (state === 'up') process.send({ pid: host.pid });
        });
        host.start();`,
      resolveDir: repository,
    },
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const parent = fork(script, [], { execArgv: [] });
  const pid = await new Promise<number>((done) =>
    parent.once('message', (message) => {
      if (message instanceof Object && 'pid' in message) done(Number(message.pid));
    }),
  );
  pids.add(pid);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  const since = performance.now();
  while (isAlive(pid) && performance.now() - since < 5_000) await sleep(20);
  expect(isAlive(pid)).toBe(false);
});
