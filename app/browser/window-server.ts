import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Transport } from '../../shared/ipc/transport';
import { securityHeaders } from '../host/security-headers';
import { staticFiles } from '../host/static-files';
import { RequestGate, type Verdict } from './request-gate';
import { socketTransport } from './socket-transport';

export interface WindowServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The built window. */
  readonly folder: string;
  /** A window has connected. */
  onWindow(transport: Transport): void;
  readonly limits?: Partial<SocketLimits>;
}

interface SocketLimits {
  readonly sockets: number;
  /** Bytes of one WebSocket message; longer ones close the socket with 1009. */
  readonly payload: number;
}

export interface WindowServer {
  /** To open in a browser. Holds the token: to be shown to the user alone, never logged. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

const SOCKET_LIMITS: SocketLimits = { sockets: 32, payload: 1024 * 1024 };
const SOCKET_PATH = '/socket';

/**
 * Serves the window and its WebSocket on 127.0.0.1. Every request is looked at in one order: Host (403), the token or
 * the cookie it was exchanged for (401), for a socket also Origin (403); only then is anything looked up.
 *
 * @throws Error (EADDRINUSE) where the port is taken
 */
export async function startWindowServer(options: WindowServerOptions): Promise<WindowServer> {
  const limits = { ...SOCKET_LIMITS, ...options.limits };
  const files = await staticFiles(options.folder);
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 });
  server.maxConnections = 256;
  const port = await listen(server, options.port);
  const gate = new RequestGate(port);
  const headers = securityHeaders(gate.hosts.map((host) => `ws://${host}`));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.payload,
    perMessageDeflate: false,
  });

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const host = gate.checkHost(request);
    if (host.status !== 200) return refuse(response, host);
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const tokens = new URLSearchParams(query).getAll('token');
    const [token] = tokens;
    if (token !== undefined) {
      const right = tokens.length === 1 && path === '/' && gate.token.matches(token);
      return right ? exchange(request, response, gate) : refuse(response, WRONG_TOKEN);
    }
    const session = gate.checkSession(request);
    if (session.status !== 200) return refuse(response, session);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return say(response, 405, 'Only GET and HEAD are answered.');
    }
    const file = files.get(path);
    if (!file) return say(response, 404, 'There is nothing here.');
    const content = await file.read();
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Length': content.length,
      'Cache-Control': file.hashed ? 'private, max-age=31536000, immutable' : 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : content);
  };

  server.on('request', (request, response) => {
    answer(request, response).catch(() => {
      // The built window is being replaced, or the disk failed.
      if (response.headersSent) response.destroy();
      else say(response, 500, 'This could not be read. Try again.');
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const verdicts = [gate.checkHost(request), gate.checkSession(request), gate.checkOrigin(request)];
    const refusal = verdicts.find(({ status }) => status !== 200);
    if (refusal) return hangUp(socket, refusal.status);
    if (request.url !== SOCKET_PATH) return hangUp(socket, 404);
    if (sockets.clients.size >= limits.sockets) return hangUp(socket, 503);
    sockets.handleUpgrade(request, socket, head, (window) => options.onWindow(socketTransport(window)));
  });
  server.on('clientError', (_, socket) => hangUp(socket, 400));

  return {
    address: gate.address,
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const window of sockets.clients) window.close(1001, 'Hourglass was closed');
      // A window gets a moment to take its leave.
      const impatience = setTimeout(() => {
        for (const window of sockets.clients) window.terminate();
        server.closeAllConnections();
      }, 300);
      server.closeIdleConnections();
      await closed;
      clearTimeout(impatience);
    },
  };
}

const WRONG_TOKEN: Verdict = {
  status: 401,
  why: 'This address is of another start of Hourglass. Open the one that it printed last.',
};

/** Turns the token of the address into a cookie and leads on to a clean address. */
function exchange({ headers }: IncomingMessage, response: ServerResponse, gate: RequestGate): void {
  response.setHeader('Set-Cookie', gate.cookie);
  response.setHeader('Cache-Control', 'no-store');
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || site === 'same-origin') {
    response.writeHead(303, { Location: '/' }).end();
    return;
  }
  // Come by a link elsewhere, a redirect would still count as that other site's asking and get no cookie.
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end('<!doctype html><title>Hourglass</title><meta http-equiv="refresh" content="0;url=/">');
}

function refuse(response: ServerResponse, verdict: Verdict): void {
  say(response, verdict.status, verdict.status === 200 ? '' : verdict.why);
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    // What else the request holds is not read.
    Connection: 'close',
  });
  response.end(`${text}\n`);
}

function hangUp(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new Error('The server has no port'));
    });
  });
}
