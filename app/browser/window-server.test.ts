import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect as connectRaw } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Client } from '../../shared/ipc/client';
import { Handlers } from '../../shared/ipc/handlers';
import { serve } from '../../shared/ipc/server';
import { socketTransport } from './socket-transport';
import { startWindowServer, type WindowServer } from './window-server';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder: string;
let server: WindowServer;
let token: string;
let cookie: string;

/** Sends exactly this path and these headers, as no library would that wants to be helpful. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { host = `127.0.0.1:${server.port}`, ...others } = headers;
    const asked = httpRequest(
      { host: '127.0.0.1', port: server.port, path, method, headers: { host, ...others } },
      (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

/** Opens a socket as a browser page of `origin` would. @returns the socket, or the status it was refused with */
function dial(
  headers: Record<string, string | undefined> = {},
  path = '/socket',
): Promise<WebSocket | number> {
  const all: Record<string, string | undefined> = {
    host: `127.0.0.1:${server.port}`,
    origin: `http://127.0.0.1:${server.port}`,
    cookie,
    ...headers,
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers: given });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('error', (error) => {
      if (socket.readyState !== WebSocket.CLOSING) reject(error);
    });
  });
}

async function dialled(): Promise<WebSocket> {
  const socket = await dial();
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
}

function closing(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.on('close', resolve));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-window-'));
  const window = join(folder, 'window');
  await mkdir(join(window, 'assets'), { recursive: true });
  await writeFile(join(window, 'index.html'), '<!doctype html><title>Hourglass</title>');
  await writeFile(join(window, 'assets/main-abc.js'), 'export {}');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(window, 'assets/link.txt'));
  const handlers = new Handlers().onCall('run.pause', () => ({}));
  server = await startWindowServer({
    port: 0,
    folder: window,
    limits: { sockets: 8 },
    onWindow: (transport) => serve(transport, handlers, { report: () => 'ref' }),
  });
  token = new URL(server.address).searchParams.get('token') ?? '';
  const { headers } = await ask(`/?token=${token}`);
  cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('the token', () => {
  it('has 128 bits and is a new one each start', async () => {
    expect(Buffer.from(token, 'base64url')).toHaveLength(16);
    const other = await startWindowServer({ port: 0, folder: join(folder, 'window'), onWindow: () => {} });
    expect(new URL(other.address).searchParams.get('token')).not.toBe(token);
    await other.close();
  });

  it('is exchanged for a cookie that scripts and other sites cannot use, at a clean address', async () => {
    const { status, headers } = await ask(`/?token=${token}`);
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(headers['set-cookie']?.[0]).not.toContain(token);
    expect((await ask('/', { cookie })).status).toBe(200);
  });

  it('come by a link from elsewhere, leads on by a page', async () => {
    const { status, headers, body } = await ask(`/?token=${token}`, { 'sec-fetch-site': 'cross-site' });
    expect(status).toBe(200);
    expect(headers['set-cookie']).toHaveLength(1);
    expect(body).toContain('url=/');
    expect(body).not.toContain(token);
  });

  it.each([
    ['none', () => '/'],
    ['an empty one', () => '/?token='],
    ['a prefix', () => `/?token=${token.slice(0, -1)}`],
    ['one character more', () => `/?token=${token}A`],
    ['two', () => `/?token=${token}&token=${token}`],
    ['an array', () => `/?token[]=${token}`],
    ['one of another start', () => '/?token=AAAAAAAAAAAAAAAAAAAAAA'],
    ['the right one elsewhere', () => `/assets/main-abc.js?token=${token}`],
    ['none, on a file', () => '/assets/main-abc.js'],
    ['none, on the socket', () => '/socket'],
    ['none, on nothing', () => '/nothing'],
  ])('wrong (%s) is 401, and nothing leaks', async (_, path) => {
    const { status, headers, body } = await ask(path());
    expect(status).toBe(401);
    expect(headers['set-cookie']).toBeUndefined();
    expect(body).not.toContain('Hourglass</title>');
    expect(body).not.toContain(token);
  });

  it.each([
    ['none', () => undefined],
    ['empty', () => ''],
    ['the token itself', () => `hourglass-${server.port}=${token}`],
    ['a prefix', () => cookie.slice(0, -1)],
    ['one character more', () => `${cookie}A`],
    ['twice', () => `${cookie}; ${cookie}`],
    ['of another port', () => cookie.replace(/^hourglass-\d+/, 'hourglass-1')],
  ])('in a wrong cookie (%s) opens neither page nor socket', async (_, wrong) => {
    const given = wrong();
    expect((await ask('/', given === undefined ? {} : { cookie: given })).status).toBe(401);
    expect(await dial({ cookie: given })).toBe(401);
  });
});

describe('a foreign Host', () => {
  it.each([
    'evil.com',
    'localhost.evil.com',
    '127.0.0.1.nip.io',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:1',
    '[::1]',
    '0.0.0.0',
    '127.1',
    '2130706433',
  ])('(%s) is 403 on every route, with a valid cookie and token, and on the socket', async (name) => {
    for (const host of name.includes(':') ? [name] : [name, `${name}:${server.port}`]) {
      if ([`127.0.0.1:${server.port}`, `localhost:${server.port}`].includes(host)) continue;
      for (const path of ['/', `/?token=${token}`, '/assets/main-abc.js', '/nothing']) {
        expect((await ask(path, { host, cookie })).status, `${host} ${path}`).toBe(403);
      }
      expect(await dial({ host, origin: `http://${host}` }), host).toBe(403);
    }
  });

  it.each([
    ['missing', 'GET / HTTP/1.0\r\n\r\n', 403],
    ['empty', 'GET / HTTP/1.1\r\nHost: \r\n\r\n', 403],
    ['in the path', 'GET http://127.0.0.1/ HTTP/1.1\r\nHost: evil.com\r\n\r\n', 403],
    ['given twice', 'GET / HTTP/1.1\r\nHost: evil.com\r\nHost: localhost\r\n\r\n', 403],
  ])('%s is refused', async (_, request, status) => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connectRaw(server.port, '127.0.0.1', () => socket.write(request));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toContain(`HTTP/1.1 ${status} `);
  });

  it.each(['127.0.0.1', 'localhost'])('is not %s', async (name) => {
    const host = `${name}:${server.port}`;
    expect((await ask('/', { host, cookie })).status).toBe(200);
    const socket = await dial({ host, origin: `http://${host}` });
    expect(socket).toBeInstanceOf(WebSocket);
    if (socket instanceof WebSocket) socket.terminate();
  });
});

describe('a foreign Origin', () => {
  it.each([
    'null',
    'http://evil.com',
    'https://127.0.0.1',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'file://',
    undefined,
  ])('(%s) opens no socket', async (origin) => {
    expect(await dial({ origin })).toBe(403);
  });

  it('is told nothing of sharing', async () => {
    const { headers } = await ask('/', { cookie, origin: 'http://evil.com' });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});

describe('served files', () => {
  it('come with their type and a strict policy', async () => {
    const { status, headers, body } = await ask('/', { cookie });
    expect(status).toBe(200);
    expect(body).toContain('Hourglass');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['x-content-type-options']).toBe('nosniff');
    const policy = headers['content-security-policy'] ?? '';
    for (const rule of [
      "default-src 'none'",
      "script-src 'self';",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]) {
      expect(`${policy};`).toContain(rule);
    }
    expect(policy).not.toContain('unsafe-eval');
    const script = await ask('/assets/main-abc.js', { cookie });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['content-security-policy']).toBe(policy);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/assets/link.txt',
    '/assets/main-abc.js%00.html',
    '/assets/',
    '/assets',
    '/%',
  ])('never lie outside the window: %s', async (path) => {
    const { status, body } = await ask(path, { cookie });
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  it('are only read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask('/', { cookie }, method)).status).toBe(405);
    }
    expect(await ask('/', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });
});

describe('a hostile client', () => {
  it('gets an answer over a socket when it is none', async () => {
    const client = new Client(socketTransport(await dialled()));
    await expect(client.call('run.pause', { runId: 'r' })).resolves.toEqual({});
  });

  it('that sends garbage a thousand times is cut off each time, and the server lives', async () => {
    const attack = async (round: number) => {
      const socket = await dialled();
      const closed = closing(socket);
      if (round % 3 === 0) socket.send('{"kind":"call"');
      else
        socket.send(Uint8Array.from({ length: round % 200 }, (_, index) => (round * 31 + index * 7) % 256));
      expect(await closed).toBe(1003);
    };
    for (let round = 0; round < 1_000; round += 4) {
      await Promise.all([0, 1, 2, 3].map((offset) => attack(round + offset)));
    }
    const client = new Client(socketTransport(await dialled()));
    await expect(client.call('run.pause', { runId: 'r' })).resolves.toEqual({});
  });

  it('that sends 2 MiB at once is closed with 1009', async () => {
    const socket = await dialled();
    const closed = closing(socket);
    socket.send(new Uint8Array(2 * 1024 * 1024));
    expect(await closed).toBe(1009);
  });

  it('that breaks the WebSocket protocol is closed', async () => {
    const raw = connectRaw(server.port, '127.0.0.1');
    const closed = new Promise<void>((resolve) => raw.on('close', () => resolve()));
    raw.write(
      `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: http://127.0.0.1:${server.port}\r\n` +
        `Cookie: ${cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await sleep(50);
    raw.write(Buffer.alloc(100, 0xff));
    raw.on('error', () => {});
    raw.resume();
    await closed;
    expect((await ask('/', { cookie })).status).toBe(200);
  });

  it('gets no more sockets than there are', async () => {
    await sleep(50);
    const results = await Promise.all(Array.from({ length: 20 }, () => dial()));
    const open = results.filter((result) => result instanceof WebSocket);
    expect(results.filter((result) => result === 503).length).toBeGreaterThanOrEqual(12);
    expect(open.length).toBeLessThanOrEqual(8);
    await Promise.all(
      open.map((socket) => {
        const closed = closing(socket);
        socket.close();
        return closed;
      }),
    );
    expect(await dial()).toBeInstanceOf(WebSocket);
  });

  it('that asks for a socket elsewhere gets none', async () => {
    expect(await dial({}, '/other')).toBe(404);
  });
});

it('a window that reads nothing is sent a few events, and later the rest, merged', async () => {
  const STEPS = 30_000;
  let told = 0;
  const handlers = new Handlers().onStream(
    'run.events',
    async (_params, { emit }) => {
      for (; told < STEPS; told += 1) {
        void emit({
          kind: 'progress',
          epoch: 1,
          firstStep: told,
          losses: [told],
          samplesPerSecond: 1,
          secondsLeft: 1,
          learningRate: 0.001,
        });
        // 10,000 a second and more.
        if (told % 100 === 0) await sleep(1);
      }
    },
    (a, b) => (a.kind === 'progress' && b.kind === 'progress' ? { ...b, firstStep: a.firstStep } : null),
  );
  const slow = await startWindowServer({
    port: 0,
    folder: join(folder, 'window'),
    onWindow: (transport) => serve(transport, handlers, { report: () => 'ref' }),
  });
  const { headers } = await fetch(slow.address, { redirect: 'manual' });
  const origin = `http://127.0.0.1:${slow.port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${slow.port}/socket`, {
    headers: { origin, cookie: headers.get('set-cookie')?.split(';')[0] },
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const events: number[] = [];
  const stream = new Client(socketTransport(socket)).stream(
    'run.events',
    { runId: 'r', after: -1 },
    (_, sequence) => {
      events.push(sequence);
    },
  );
  socket.pause();
  const before = process.memoryUsage().rss;
  while (told < STEPS) await sleep(20);
  expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
  expect(events).toEqual([]);
  socket.resume();
  await stream.ended;
  expect(events.length).toBeLessThan(20);
  expect(events.at(-1)).toBe(STEPS - 1);
  socket.terminate();
  await slow.close();
});

it('binds to 127.0.0.1 only, and says where a port is taken', async () => {
  await expect(
    startWindowServer({ port: server.port, folder: join(folder, 'window'), onWindow: () => {} }),
  ).rejects.toMatchObject({ code: 'EADDRINUSE', address: '127.0.0.1' });
});
