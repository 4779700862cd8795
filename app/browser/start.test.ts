import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { newDocument } from '../../shared/document/new-document';
import { Client } from '../../shared/ipc/client';
import type { RunEvent } from '../../shared/ipc/contract';
import { buildEngine, buildFolder } from '../host/built-engine';
import { socketTransport } from './socket-transport';
import { type BrowserHost, startBrowserHost } from './start';

const folder = buildFolder('browser-host-test');
const logFile = join(folder, 'host.log');
const printed: string[] = [];
let host: BrowserHost;

beforeAll(async () => {
  const engineEntry = await buildEngine(folder);
  const windowFolder = join(folder, 'window');
  await mkdir(windowFolder, { recursive: true });
  await writeFile(join(windowFolder, 'index.html'), '<!doctype html><title>Hourglass</title>');
  host = await startBrowserHost({
    port: 0,
    engineEntry,
    fetchEntry: join(folder, 'missing.mjs'),
    fetchesUnasked: false,
    cacheFolder: join(folder, 'cache'),
    dataFolder: join(folder, 'data'),
    windowFolder,
    examplesFolder: '/examples',
    logFile,
    version: '1.2.3',
    print: (line) => printed.push(line),
  });
});
afterAll(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a browser does with the address: follows it, keeps the cookie, opens the socket. */
async function openWindow(): Promise<{ page: string; client: Client; socket: WebSocket }> {
  const exchanged = await fetch(host.address, { redirect: 'manual' });
  const cookie = exchanged.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { origin } = new URL(host.address);
  const page = await (await fetch(new URL('/', origin), { headers: { cookie } })).text();
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, { headers: { cookie, origin } });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { page, socket, client: new Client(socketTransport(socket)) };
}

function drawing(count: number) {
  const base = newDocument();
  return {
    ...base,
    data: { kind: 'builtin', name: 'digits-and-shapes', count, shape: [28, 28, 1] } as const,
    training: { ...base.training, batchSize: 32, epochs: 2 },
  };
}

it('serves the window while the engine starts, and trains over the socket', async () => {
  expect(host.engine.status.state).toBe('starting');
  const { page, client } = await openWindow();
  expect(page).toContain('Hourglass');
  expect(await client.call('host.describe', {})).toMatchObject({ version: '1.2.3', examples: '/examples' });
  const { runId } = await client.call('run.start', {
    document: { ...drawing(400) },
    baseFolder: null,
    engine: 'onnx',
  });
  const events: RunEvent[] = [];
  await client.stream('run.events', { runId, after: -1 }, (event) => void events.push(event)).ended;
  expect(events.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['started', 'reconstructions', 'completed']),
  );
  const pictures = events.find((event) => event.kind === 'reconstructions');
  expect(pictures?.kind === 'reconstructions' && pictures.originals.pixels.length).toBe(16 * 784);
});

it('follows a run on after the window was reloaded', async () => {
  const first = await openWindow();
  const { runId } = await first.client.call('run.start', {
    document: { ...drawing(400), training: { ...drawing(400).training, epochs: 10_000 } },
    baseFolder: null,
    engine: 'onnx',
  });
  const steps: number[] = [];
  const take = (event: RunEvent) => {
    if (event.kind === 'progress') steps.push(...event.losses.map((_, index) => event.firstStep + index));
  };
  let last = -1;
  const following = first.client.stream('run.events', { runId, after: -1 }, (event, sequence) => {
    take(event);
    last = sequence;
    if (steps.length > 20) first.socket.terminate();
  });
  await expect(following.ended).rejects.toThrow('connection to Hourglass was lost');
  const { client } = await openWindow();
  expect((await client.call('run.current', {})).run).toMatchObject({ runId, state: 'running' });
  const known = steps.length;
  const again = client.stream('run.events', { runId, after: last }, (event) => {
    take(event);
    if (steps.length > known + 20) again.cancel();
  });
  await again.ended.catch(() => {});
  expect(steps).toEqual(Array.from({ length: steps.length }, (_, index) => index + 1));
  await client.call('run.stop', { runId });
});

it('says where it is and what it trains with, and never logs the token', async () => {
  const token = new URL(host.address).searchParams.get('token') ?? 'none';
  expect(printed[0]).toBe(`Hourglass is at ${host.address}`);
  expect(printed[1]).toMatch(
    /^It trains with (TensorFlow|ONNX Runtime) [\d.]+, on the CPU \(\d+ threads?\)\.$/,
  );
  expect(await readFile(logFile, 'utf8')).not.toContain(token);
});
