import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { problem } from '../errors/catalogue';
import { Cancelled, ProblemError } from '../errors/problem';
import { Bug } from './bug';
import { ByteTransport } from './byte-transport';
import { Client } from './client';
import { Handlers } from './handlers';
import { memoryPair } from './memory-transport';
import { serve } from './server';
import type { Transport } from './transport';

const text = {
  encode: (value: string) => new TextEncoder().encode(value),
  decode: (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
};

/** What a WebSocket does, without one. */
function bytePair(): readonly [Transport, Transport] {
  const ends: ByteTransport[] = [];
  const end = (other: number) =>
    new ByteTransport(
      {
        send: (piece) => queueMicrotask(() => ends[other]?.take(piece)),
        close: (reason) => queueMicrotask(() => ends[other]?.closed(reason)),
      },
      text,
    );
  const [near, far] = [end(1), end(0)] as const;
  ends.push(near, far);
  return [near, far];
}

function served(pair: readonly [Transport, Transport], handlers: Handlers, limit?: number) {
  const log: unknown[] = [];
  const report = (error: unknown) => `ref-${log.push(error)}`;
  serve(pair[1], handlers, { report, limit });
  return { client: new Client(pair[0]), log };
}

const never = () => new Promise<never>(() => {});
const loading = { reference: {}, baseFolder: null, validationShare: 0.1, seed: 1 };
const progress = (done: number) =>
  ({ kind: 'progress', stage: 'reading', done, total: 100, unit: 'files' }) as const;
/** An event of the size and shape that streams have. */
const losses = (firstStep: number, ...values: number[]) =>
  ({
    kind: 'progress',
    epoch: 1,
    firstStep,
    losses: values,
    samplesPerSecond: 1,
    secondsLeft: 1,
    learningRate: 0.001,
  }) as const;

describe.each([
  ['structured clones', () => memoryPair((message) => structuredClone(message))],
  ['bytes', bytePair],
])('calls over %s', (_, pair) => {
  it('carry parameters, results and binary arrays', async () => {
    const handlers = new Handlers().onCall('run.reconstruct', ({ pixels }) => ({
      shape: [2, 2, 1],
      pixels: pixels.map((value) => 255 - value),
      mse: 0.5,
      corrupts: false,
    }));
    const { client } = served(pair(), handlers);
    const pixels = new Uint8Array([0, 1, 254, 255]);
    await expect(client.call('run.reconstruct', { runId: 'r', pixels })).resolves.toEqual({
      shape: [2, 2, 1],
      pixels: new Uint8Array([255, 254, 1, 0]),
      mse: 0.5,
      corrupts: false,
    });
  });

  it('answer in any order, each to its asker', async () => {
    const handlers = new Handlers().onCall('files.read', async ({ path }) => {
      await sleep(path === 'slow' ? 20 : 0);
      return { path, text: path, hash: '' };
    });
    const { client } = served(pair(), handlers);
    const read = async (path: string) => (await client.call('files.read', { path })).text;
    await expect(Promise.all([read('slow'), read('a'), read('b')])).resolves.toEqual(['slow', 'a', 'b']);
  });

  it('bring Problems whole', async () => {
    const first = problem(
      'KERNEL_TOO_LARGE',
      { kernel: 9, height: 7, width: 7 },
      { nodeId: 'conv-2', param: 'kernel' },
    );
    const handlers = new Handlers().onCall('run.pause', () => {
      throw new ProblemError(first, problem('NO_CODE', undefined));
    });
    const { client, log } = served(pair(), handlers);
    const error = await client.call('run.pause', { runId: 'r' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error instanceof ProblemError && error.problems).toEqual([first, problem('NO_CODE', undefined)]);
    expect(log).toEqual([]);
  });

  it('turn any other error into a Bug whose details stay in the log', async () => {
    const unclonable = Object.assign(new Error('secret'), { callback: () => {}, self: null as unknown });
    unclonable.self = unclonable;
    const handlers = new Handlers()
      .onCall('run.pause', () => Promise.reject(unclonable))
      .onCall('run.stop', () => Promise.reject(undefined));
    const { client, log } = served(pair(), handlers);
    const error = await client.call('run.pause', { runId: 'r' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Bug);
    expect(error instanceof Bug && error.ref).toBe('ref-1');
    expect(String(error)).not.toContain('secret');
    expect(log).toEqual([unclonable]);
    await expect(client.call('run.stop', { runId: 'r' })).rejects.toBeInstanceOf(Bug);
  });

  it('refuse names nobody answers and parameters that do not fit', async () => {
    const ends = pair();
    const { client } = served(
      ends,
      new Handlers().onCall('run.pause', () => ({})),
    );
    await expect(client.call('run.stop', { runId: 'r' })).rejects.toThrow('nothing here answers');
    // @ts-expect-error: what a window of another version could send
    await expect(client.call('run.pause', { runId: 7 })).rejects.toThrow('runId');
    const answers: unknown[] = [];
    const [near, far] = pair();
    serve(
      far,
      new Handlers().onCall('run.pause', () => ({})),
      { report: () => 'ref' },
    );
    near.onMessage((message) => answers.push(message));
    near.post({ kind: 'call', id: 1, name: 'constructor', params: {} });
    near.post({ kind: 'call', id: 2, name: 'run.pause', params: { runId: 7 } });
    near.post({ kind: 'open', id: 3, name: '__proto__', params: {} });
    await sleep(5);
    expect(answers).toMatchObject([
      { kind: 'end', id: 3, error: { problems: [{ code: 'REQUEST_UNKNOWN' }] } },
      { kind: 'error', id: 1, error: { problems: [{ code: 'REQUEST_UNKNOWN' }] } },
      { kind: 'error', id: 2, error: { problems: [{ code: 'REQUEST_INVALID' }] } },
    ]);
  });

  it('check results before they leave', async () => {
    const handlers = new Handlers().onCall('run.reconstruct', () => ({
      shape: [2],
      pixels: new Uint8Array(2),
      mse: Number.NaN,
      corrupts: false,
    }));
    const { client, log } = served(pair(), handlers);
    await expect(
      client.call('run.reconstruct', { runId: 'r', pixels: new Uint8Array(2) }),
    ).rejects.toBeInstanceOf(Bug);
    expect(log).toHaveLength(1);
  });

  it('are called off by their signal, on both sides', async () => {
    let raised = false;
    const handlers = new Handlers().onCall('run.pause', (_params, { signal }) => {
      signal.addEventListener('abort', () => {
        raised = true;
      });
      return never();
    });
    const { client } = served(pair(), handlers);
    const control = new AbortController();
    const call = client.call('run.pause', { runId: 'r' }, { signal: control.signal });
    await sleep(1);
    control.abort();
    await expect(call).rejects.toBeInstanceOf(Cancelled);
    await sleep(5);
    expect(raised).toBe(true);
    await expect(
      client.call('run.pause', { runId: 'r' }, { signal: AbortSignal.abort() }),
    ).rejects.toBeInstanceOf(Cancelled);
  });

  it('are all rejected when the peer dies, and from then on', async () => {
    const ends = pair();
    const { client } = served(ends, new Handlers().onCall('run.pause', never).onStream('host.engine', never));
    const calls = [1, 2, 3].map(() => client.call('run.pause', { runId: 'r' }));
    const stream = client.stream('host.engine', {}, () => {});
    await sleep(1);
    ends[1].close('killed');
    for (const call of calls) await expect(call).rejects.toThrow('killed');
    await expect(stream.ended).rejects.toThrow('killed');
    await expect(client.call('run.pause', { runId: 'r' })).rejects.toThrow(ProblemError);
    await expect(client.stream('host.engine', {}, () => {}).ended).rejects.toThrow(ProblemError);
  });

  it('are refused beyond the limit of one peer', async () => {
    const { client } = served(
      pair(),
      new Handlers().onCall('run.pause', never).onCall('run.stop', () => ({})),
      3,
    );
    for (let index = 0; index < 3; index += 1) void client.call('run.pause', { runId: 'r' }).catch(() => {});
    await expect(client.call('run.stop', { runId: 'r' })).rejects.toThrow('More than 3');
  });

  it.each([
    null,
    7,
    'hello',
    [],
    {},
    { kind: 'call' },
    { kind: 'call', id: -1, name: 'run.pause', params: {} },
    { kind: 'call', id: 1, name: 'x'.repeat(65), params: {} },
    { kind: 'call', id: 1, name: 'run.pause', params: {}, more: 1 },
    { kind: 'result', id: 1, value: {} },
    { kind: 'eval', id: 1 },
  ])('of a peer that sends %j end, with its work called off', async (garbage) => {
    const [near, far] = pair();
    let raised = false;
    const handlers = new Handlers().onCall('run.pause', (_params, { signal }) => {
      signal.addEventListener('abort', () => {
        raised = true;
      });
      return never();
    });
    serve(far, handlers, { report: () => 'ref' });
    const closed = new Promise<string>((resolve) => near.onClose(resolve));
    near.post({ kind: 'call', id: 5, name: 'run.pause', params: { runId: 'r' } });
    near.post(garbage);
    await closed;
    expect(raised).toBe(true);
  });

  it('end when a client is sent garbage', async () => {
    const [near, far] = pair();
    const client = new Client(near);
    far.onMessage(() => far.post({ kind: 'result' }));
    await expect(client.call('run.pause', { runId: 'r' })).rejects.toThrow('could not be understood');
  });
});

describe.each([
  ['structured clones', () => memoryPair((message) => structuredClone(message))],
  ['bytes', bytePair],
])('streams over %s', (_, pair) => {
  it('deliver in order and end once, completed', async () => {
    const handlers = new Handlers().onStream('data.load', async (_params, { emit }) => {
      for (let done = 0; done < 100; done += 1) await emit(progress(done));
    });
    const { client } = served(pair(), handlers);
    const seen: number[] = [];
    let ends = 0;
    const stream = client.stream('data.load', loading, (event) => {
      if (event.kind === 'progress') seen.push(event.done);
    });
    await stream.ended.finally(() => {
      ends += 1;
    });
    stream.cancel();
    await sleep(1);
    expect(seen).toEqual(Array.from({ length: 100 }, (_value, index) => index));
    expect(ends).toBe(1);
  });

  it('end failed, with the Problem, after the events before it', async () => {
    const handlers = new Handlers().onStream('data.load', async (_params, { emit }) => {
      for (let done = 0; done < 20; done += 1) void emit(progress(done));
      throw new ProblemError(problem('DATA_NO_ROWS', { file: 'empty.npy' }));
    });
    const { client } = served(pair(), handlers);
    let last = -1;
    const stream = client.stream('data.load', loading, (event) => {
      if (event.kind === 'progress') last = event.done;
    });
    await expect(stream.ended).rejects.toThrow('empty.npy');
    expect(last).toBe(19);
  });

  it('end cancelled by the reader, who hears nothing more, and the handler knows', async () => {
    let raised = false;
    const handlers = new Handlers().onStream('data.load', async (_params, { emit, signal }) => {
      signal.addEventListener('abort', () => {
        raised = true;
      });
      for (let done = 0; ; done += 1) {
        await emit(progress(done));
        await sleep(0);
      }
    });
    const { client, log } = served(pair(), handlers);
    let seen = 0;
    const stream = client.stream('data.load', loading, () => {
      seen += 1;
      if (seen === 3) stream.cancel();
    });
    await expect(stream.ended).rejects.toBeInstanceOf(Cancelled);
    await sleep(10);
    expect(seen).toBe(3);
    expect(raised).toBe(true);
    expect(log).toEqual([]);
  });

  it('hold the sender back while the reader is slow, and lose nothing', async () => {
    let sent = 0;
    const handlers = new Handlers().onStream('run.events', async (_params, { emit }) => {
      for (; sent < 100; sent += 1) await emit(losses(sent, sent));
    });
    const { client } = served(pair(), handlers);
    let wake = () => {};
    const seen: number[] = [];
    const stream = client.stream('run.events', { runId: 'r', after: -1 }, (event) => {
      if (event.kind === 'progress') seen.push(...event.losses);
      if (seen.length > 1) return undefined;
      return new Promise<void>((resolve) => {
        wake = resolve;
      });
    });
    await sleep(20);
    expect(sent).toBeLessThan(10);
    wake();
    await stream.ended;
    expect(seen).toEqual(Array.from({ length: 100 }, (_value, index) => index));
  });

  it('merge what a sleeping reader missed', async () => {
    const handlers = new Handlers().onStream(
      'run.events',
      async (_params, { emit }) => {
        for (let step = 0; step < 10_000; step += 1) void emit(losses(step, step));
      },
      (a, b) =>
        a.kind === 'progress' && b.kind === 'progress'
          ? { ...b, firstStep: a.firstStep, losses: [...a.losses, ...b.losses] }
          : null,
    );
    const { client } = served(pair(), handlers);
    const sequences: number[] = [];
    let count = 0;
    const stream = client.stream('run.events', { runId: 'r', after: -1 }, (event, sequence) => {
      sequences.push(sequence);
      if (event.kind === 'progress') {
        expect(event.firstStep).toBe(count);
        count += event.losses.length;
      }
    });
    await stream.ended;
    expect(count).toBe(10_000);
    expect(sequences.length).toBeLessThan(20);
    expect(sequences.at(-1)).toBe(9_999);
  });

  it('check events before they leave', async () => {
    const handlers = new Handlers().onStream('run.events', (_params, { emit }) => emit(losses(0.5, 1)));
    const { client, log } = served(pair(), handlers);
    const stream = client.stream('run.events', { runId: 'r', after: -1 }, () => {});
    await expect(stream.ended).rejects.toBeInstanceOf(Bug);
    expect(log).toHaveLength(1);
  });
});

it('a name is answered by one handler', () => {
  const handlers = new Handlers().onCall('run.pause', () => ({})).onStream('host.engine', never);
  expect(() => handlers.onCall('run.pause', () => ({}))).toThrow('already');
  expect(() => handlers.onStream('host.engine', never)).toThrow('already');
});
