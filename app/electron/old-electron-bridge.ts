// What Electron 9.4.1 (Chromium 83, Node 12.14) lacks of what Hourglass uses, each with the version that brought it.
// Tests alone run that Electron, where no current one can be had; this file is in no build that a user gets.
//
// In page and main process (Chromium / Node):
import 'core-js/actual/array/at.js'; //                 92 / 16.6
import 'core-js/actual/array/find-last.js'; //          97 / 18
import 'core-js/actual/array/find-last-index.js'; //    97 / 18
import 'core-js/actual/array/to-reversed.js'; //       110 / 20
import 'core-js/actual/array/to-sorted.js'; //         110 / 20
import 'core-js/actual/array/with.js'; //              110 / 20
import 'core-js/actual/object/has-own.js'; //           93 / 16.9
import 'core-js/actual/string/at.js'; //                92 / 16.6
import 'core-js/actual/string/replace-all.js'; //       85 / 15
import 'core-js/actual/structured-clone.js'; //         98 / 17

import type { ChildProcess } from 'node:child_process';
import type { FileHandle } from 'node:fs/promises';
import type { Socket } from 'node:net';
import type { IpcMainEvent, WebContents } from 'electron';
import { decodeMessage, encodeMessage } from '../../shared/ipc/byte-frame';

type Listener = (...given: never[]) => unknown;

const text = {
  encode: (value: string) => new TextEncoder().encode(value),
  decode: (bytes: Uint8Array) => new TextDecoder().decode(bytes),
};

/** Adds what is missing, and leaves what is there. */
function add(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

/** `require` where there is Node, in a form that the page's bundler does not follow. */
function load<T = never>(name: string): T {
  return require(name);
}

const ENGINE_PIPE = 'HOURGLASS_ENGINE_PIPE';

// ── The main process ────────────────────────────────────────────────────────────────────────────────────────────────

function bridgeMain(): void {
  add(globalThis, 'performance', load<typeof import('node:perf_hooks')>('perf_hooks').performance); // Node 16
  add(globalThis, 'Response', PlainResponse); // Node 18
  const electron = load<typeof import('electron')>('electron');
  const { app, ipcMain } = electron;
  add(electron, 'utilityProcess', { fork: forkOnPipe }); // Electron 22
  app.once('ready', () => {
    add(electron.protocol, 'handle', handleByBuffer); // Electron 25
    add(electron.session.defaultSession, 'setDevicePermissionHandler', () => {}); // Electron 15; there are no devices before
  });
  app.on('web-contents-created', (_, contents) => {
    const main = topFrame(contents);
    add(contents, 'setWindowOpenHandler', (decide: (details: { url: string }) => unknown) => {
      // Electron 12
      const listener: Listener = (event: { preventDefault(): void }, url: string) => {
        event.preventDefault();
        decide({ url });
      };
      Reflect.apply(contents.on, contents, ['new-window', listener]);
    });
    topFrames.set(contents, main);
    // Electron 10
    add(contents, 'forcefullyCrashRenderer', () => process.kill(contents.getOSProcessId(), 'SIGKILL'));
  });
  const { on } = ipcMain;
  ipcMain.on = (channel, listener) =>
    on.call(ipcMain, channel, (event, ...given) => {
      add(event, 'senderFrame', senderFrame(event)); // Electron 12
      listener(event, ...given);
    });
}

const topFrames = new WeakMap<WebContents, () => number>();

/** The routing number of the page's top frame, as its last navigation said it. */
function topFrame(contents: WebContents): () => number {
  let routing = -1;
  contents.on('did-frame-navigate', (_, _url, _code, _status, isMainFrame, _process, frame) => {
    if (isMainFrame) routing = frame;
  });
  return () => routing;
}

function senderFrame({ sender, frameId }: IpcMainEvent): object {
  const top = topFrames.get(sender)?.() ?? -1;
  // Before the first navigation is told of, a page is being loaded, and has no frames inside.
  const isTop = top === -1 || top === frameId;
  return { url: isTop ? sender.getURL() : 'about:blank', parent: isTop ? null : {} };
}

/** As much of a Response as our protocol handler makes. */
class PlainResponse {
  readonly body: Uint8Array;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(body: Uint8Array, init: { status: number; headers: Record<string, string> }) {
    this.body = body;
    this.status = init.status;
    this.headers = init.headers;
  }
}

interface OldAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly mimeType: string;
  readonly charset: string;
  readonly data: Buffer;
}

function handleByBuffer(
  scheme: string,
  handler: (request: { url: string; method: string }) => Promise<PlainResponse>,
): void {
  const { protocol } = load<typeof import('electron')>('electron');
  const listener = (request: { url: string; method: string }, answer: (given: OldAnswer) => void) => {
    void handler(request).then(({ status, headers, body }) => {
      const [mimeType = '', charset = ''] = (headers['Content-Type'] ?? '').split('; charset=');
      answer({ statusCode: status, headers, mimeType, charset, data: Buffer.from(body) });
    });
  };
  // Its types are those of a current Electron, where it is deprecated.
  Reflect.apply(protocol.registerBufferProtocol, protocol, [scheme, listener]);
}

/**
 * A utility process by other means: this machine's own Node (Node 12 can run neither ONNX Runtime nor TensorFlow),
 * spoken to over a pipe (`fork` with `serialization: 'advanced'` came with Node 12.16).
 */
function forkOnPipe(entry: string, _: readonly string[], options: { env?: object } = {}): object {
  const { spawn } = load<typeof import('node:child_process')>('child_process');
  const { EventEmitter } = load<typeof import('node:events')>('events');
  const child: ChildProcess = spawn(process.env.npm_node_execpath ?? 'node', [entry], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env, [ENGINE_PIPE]: '3' },
  });
  const events = new EventEmitter();
  const pipe = child.stdio[3] as Socket;
  pipe.on('error', () => {});
  readMessages(pipe, (message) => events.emit('message', message));
  let ended = false;
  const end = (code: number) => {
    if (!ended) events.emit('exit', code);
    ended = true;
  };
  // What a shell says of a killed one.
  child.once('exit', (code) => end(code ?? 137));
  child.once('error', () => end(127));
  return Object.defineProperties(events, {
    pid: { get: () => (ended ? undefined : child.pid) },
    stdout: { value: child.stdout },
    stderr: { value: child.stderr },
    postMessage: { value: (message: unknown) => writeMessage(pipe, message) },
    kill: { value: () => child.kill() },
  });
}

/** Modules that Node 12 has otherwise or not at all. The build takes them from here. */
export function nodeModule(name: string): unknown {
  const fs = load<typeof import('node:fs')>('fs');
  const { promises } = fs;
  switch (name) {
    case 'fs/promises': // Node 14
      return { ...promises, open: openWithStream, rm: remove };
    case 'timers/promises': // Node 15
      return { setTimeout: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)) };
    case 'stream/promises': {
      // Node 15
      const { promisify } = load<typeof import('node:util')>('util');
      const { finished, pipeline } = load<typeof import('node:stream')>('stream');
      return { finished: promisify(finished), pipeline: promisify(pipeline) };
    }
    case 'diagnostics_channel': // Node 15.1, `tracingChannel` 19.9
      return {
        tracingChannel: () => ({ hasSubscribers: false }),
        channel: () => ({ hasSubscribers: false }),
      };
    default:
      throw new Error(`The bridge has no module ${name}`);
  }

  /** `FileHandle.createReadStream`: Node 16.11. */
  async function openWithStream(path: string, flags: string): Promise<FileHandle> {
    const handle = await promises.open(path, flags);
    add(handle, 'createReadStream', (options: object) =>
      fs.createReadStream('', { ...options, fd: handle.fd, autoClose: false }),
    );
    return handle;
  }

  /** `rm` of a file, or of a folder with all that is in it: Node 14.14. */
  async function remove(path: string, { force = false, recursive = false } = {}): Promise<void> {
    try {
      const isFolder = recursive && (await promises.lstat(path)).isDirectory();
      await (isFolder ? promises.rmdir(path, { recursive }) : promises.unlink(path));
    } catch (error) {
      if (!force || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

// ── The preload ─────────────────────────────────────────────────────────────────────────────────────────────────────

function bridgePreload(): void {
  // Electron 32; before, files said it themselves.
  const getPathForFile = (file: { readonly path?: string }) => file.path ?? '';
  add(load<typeof import('electron')>('electron'), 'webUtils', { getPathForFile });
}

// ── The page ────────────────────────────────────────────────────────────────────────────────────────────────────────

function bridgePage(): void {
  add(crypto, 'randomUUID', () => {
    // Chromium 92
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
  });
  // The types here are those of Node, not of a page.
  const element: { matches(selector: string): boolean } = Reflect.get(globalThis, 'Element').prototype;
  const { matches } = element;
  element.matches = function (selector) {
    return matches.call(this, selector.replaceAll(':focus-visible', ':focus')); // Chromium 86
  };
}

// ── The engine, in this machine's Node ──────────────────────────────────────────────────────────────────────────────

/** Whether this is the engine itself: its threads inherit its environment, and would close its pipe when they end. */
function isEngine(): boolean {
  return (
    process.env[ENGINE_PIPE] !== undefined && process.getBuiltinModule('worker_threads').isMainThread === true
  );
}

/** `process.parentPort`, as utility processes have it: Electron 22. Like one, it does not outlive its parent. */
function bridgeEngine(): void {
  // Threads of the engine have its environment, but not its pipe: a second reader would close it when it ends.
  if (!process.getBuiltinModule('worker_threads').isMainThread) return;
  const { Socket: NodeSocket } = process.getBuiltinModule('net');
  const pipe = new NodeSocket({ fd: Number(process.env[ENGINE_PIPE]), readable: true, writable: true });
  // A thread of the engine's would take it too, and close it with its own end.
  delete process.env[ENGINE_PIPE];
  pipe.on('error', () => {});
  pipe.once('close', () => process.exit(0));
  const waiting: unknown[] = [];
  let take = (data: unknown): unknown => waiting.push(data);
  readMessages(pipe, (data) => take(data));
  Object.defineProperty(process, 'parentPort', {
    value: {
      on: (_: 'message', listener: (event: { data: unknown }) => void) => {
        take = (data) => listener({ data });
        for (const data of waiting.splice(0)) listener({ data });
      },
      postMessage: (message: unknown) => writeMessage(pipe, message),
    },
  });
}

// ── Messages on a pipe: four bytes of length, then a frame as a WebSocket would carry it ────────────────────────────

function writeMessage(pipe: Socket, message: unknown): void {
  const bytes = encodeMessage(message, text);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  if (!pipe.destroyed) pipe.write(Buffer.concat([length, bytes]));
}

function readMessages(pipe: Socket, take: (message: unknown) => void): void {
  let held: Buffer = Buffer.alloc(0);
  pipe.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= 4) {
      const end = 4 + held.readUInt32BE(0);
      if (held.length < end) return;
      const bytes = held.subarray(4, end);
      held = held.subarray(end);
      take(decodeMessage(bytes, text));
    }
  });
}

// Last, when everything above is there. A page has no `process`.
if (typeof process === 'undefined') bridgePage();
else if (process.type === 'browser') bridgeMain();
else if (process.type === 'renderer') bridgePreload();
else if (isEngine()) bridgeEngine();
