import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AcquireOptions, AcquireResult } from '../../main/execute/tensorflow/acquire';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { answerFetchOrders } from './answer-fetch-orders';
import { buildFolder, repository } from './built-engine';
import { childTransport } from './child-transport';
import { getTensorFlow } from './get-tensorflow';
import { TensorFlowFetch, type TensorFlowState } from './tensorflow-fetch';

const log = pino({ enabled: false });
let cacheFolder: string;
beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'hourglass-fetch-'));
});
afterEach(() => rm(cacheFolder, { recursive: true, force: true }));

const FAILURE: AcquireResult = { ok: false, reason: 'No connection.', cure: 'Connect.' };

interface Setup {
  readonly present?: boolean;
  readonly env?: Record<string, string>;
  acquire?(options: AcquireOptions): Promise<AcquireResult>;
}

async function opened({ present = false, env = {}, acquire = async () => FAILURE }: Setup = {}) {
  let starts = 0;
  const fetch = await TensorFlowFetch.open({
    startProcess() {
      starts += 1;
      const [near, far] = memoryPair((message) => structuredClone(message));
      void answerFetchOrders(far, (options) =>
        getTensorFlow({ ...options, env }, { isPresent: () => present, acquire }),
      );
      return near;
    },
    env,
    cacheFolder,
    log,
    isPresent: () => present,
  });
  const states: TensorFlowState[] = [];
  fetch.onState((state) => states.push(state));
  return { fetch, states, starts: () => starts };
}

async function settled(fetch: TensorFlowFetch): Promise<TensorFlowState> {
  while (fetch.state.state === 'fetching') await sleep(5);
  return fetch.state;
}

describe('TensorFlow fetched beside an open window', () => {
  it('is told step by step, with its bytes, and is ready at the end', async () => {
    const { fetch, states } = await opened({
      async acquire({ onLine, onBytes }) {
        onLine('Fetching the package.');
        onBytes?.(1_000, null);
        onBytes?.(2_000, 274_000_000);
        onLine('Unpacking.');
        return { ok: true, how: 'a wheel' };
      },
    });
    expect(fetch.state).toMatchObject({ state: 'absent', allowed: true });
    fetch.beginUnasked();
    expect(await settled(fetch)).toEqual({ state: 'ready' });
    const step = (doing: string, done: number | null = null, total: number | null = null) => ({
      state: 'fetching',
      doing,
      done,
      total,
    });
    expect(states).toEqual([
      step('Starting.'),
      step('Fetching the package.'),
      step('Fetching the package.', 1_000),
      step('Fetching the package.', 2_000, 274_000_000),
      step('Unpacking.'),
      { state: 'ready' },
    ]);
  });

  it('failed, says why, is not begun unasked for a day, but is when asked', async () => {
    const { fetch, starts } = await opened();
    fetch.beginUnasked();
    const failure = { state: 'failed', reason: 'No connection.', cure: 'Connect.' };
    expect(await settled(fetch)).toEqual(failure);
    const next = await opened();
    expect(next.fetch.state).toEqual(failure);
    next.fetch.beginUnasked();
    expect(next.starts()).toBe(0);
    next.fetch.begin();
    await settled(next.fetch);
    expect([starts(), next.starts()]).toEqual([1, 1]);
  });

  it('is called off when asked, and does not begin by itself the next time', async () => {
    let stopped = false;
    const { fetch } = await opened({
      acquire: ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            stopped = true;
            reject(new Error('whatever ends with the signal'));
          });
        }),
    });
    fetch.begin();
    fetch.begin();
    await sleep(20);
    await fetch.cancel();
    expect(stopped).toBe(true);
    const waiting = { state: 'absent', reason: 'The fetching was called off.', allowed: true };
    expect(fetch.state).toMatchObject(waiting);
    const next = await opened();
    expect(next.fetch.state).toMatchObject(waiting);
    next.fetch.beginUnasked();
    expect(next.starts()).toBe(0);
  });

  it('ends with the host, which the next start does not take for a failure', async () => {
    const { fetch } = await opened({
      acquire: ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('ended')))),
    });
    fetch.begin();
    await sleep(20);
    await fetch.close();
    expect((await opened()).fetch.state).toMatchObject({ state: 'absent', allowed: true });
  });

  it('is left alone with HOURGLASS_NO_DOWNLOAD=1, and where it is here', async () => {
    const forbidden = await opened({ env: { HOURGLASS_NO_DOWNLOAD: '1' } });
    forbidden.fetch.beginUnasked();
    forbidden.fetch.begin();
    expect(forbidden.fetch.state).toMatchObject({ state: 'absent', allowed: false });
    const here = await opened({ present: true });
    here.fetch.beginUnasked();
    expect(here.fetch.state).toEqual({ state: 'ready' });
    expect([forbidden.starts(), here.starts()]).toEqual([0, 0]);
  });
});

describe('the process that fetches', () => {
  const folder = buildFolder('tensorflow-fetch-test');
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** The real process around a fetch that takes a minute, in a program of its own; its number is in `pid`. */
  async function slowProcess(): Promise<string> {
    const entry = join(folder, 'slow.mjs');
    await build({
      stdin: {
        contents: `
          import { parentTransport } from './main/engine/parent-transport';
          import { runCommand } from './main/execute/tensorflow/native/run-command';
          import { answerFetchOrders } from './app/host/answer-fetch-orders';
          import { getTensorFlow } from './app/host/get-tensorflow';
          const script = "console.log(process.pid); setTimeout(() => {}, 60_000)";
          const acquire = async ({ onLine, signal }) => {
            await runCommand(process.execPath, ['-e', script], { onLine, signal, limit: 60_000 });
            return { ok: true, how: 'slowly' };
          };
          const source = { isPresent: () => false, acquire };
          await answerFetchOrders(parentTransport(), (options) => getTensorFlow(options, source));
          if (!process.connected) process.exit(0);
          process.on('disconnect', () => process.exit(0));`,
        resolveDir: repository,
      },
      outfile: entry,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
    return entry;
  }

  async function fetching() {
    const entry = await slowProcess();
    const child = fork(entry, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
      env: { ...process.env, HOURGLASS_NO_DOWNLOAD: '' },
    });
    const fetch = await TensorFlowFetch.open({
      startProcess: () => childTransport(child),
      env: {},
      cacheFolder,
      log,
      isPresent: () => false,
    });
    fetch.begin();
    const program = await new Promise<number>((resolve) => {
      fetch.onState((state) => {
        if (state.state === 'fetching' && /^\d+$/.test(state.doing)) resolve(Number(state.doing));
      });
    });
    return { fetch, child, program };
  }

  async function ends(pid: number | undefined): Promise<boolean> {
    for (let i = 0; i < 200; i++) {
      try {
        process.kill(pid ?? 0, 0);
      } catch {
        return true;
      }
      await sleep(20);
    }
    return false;
  }

  it('called off, ends with every program it started', async () => {
    const { fetch, child, program } = await fetching();
    await fetch.cancel();
    expect(fetch.state).toMatchObject({ state: 'absent', reason: 'The fetching was called off.' });
    expect(await ends(program)).toBe(true);
    expect(await ends(child.pid)).toBe(true);
  });

  it('left alone by its host, ends with every program it started', async () => {
    const { fetch, child, program } = await fetching();
    child.disconnect();
    expect(await ends(program)).toBe(true);
    expect(await ends(child.pid)).toBe(true);
    await settled(fetch);
  });

  it('killed, is a failure that is said and remembered', async () => {
    const { fetch, child, program } = await fetching();
    child.kill('SIGKILL');
    expect(await settled(fetch)).toMatchObject({
      state: 'failed',
      reason: 'The process that fetches TensorFlow ended early (killed by SIGKILL).',
    });
    // Nothing could end what a killed process had started.
    process.kill(program, 'SIGKILL');
    expect(await readFile(join(cacheFolder, 'tensorflow-attempt.json'), 'utf8')).toContain('ended early');
  });
});
