import { expect, it } from 'vitest';
import { Handlers } from '../../shared/ipc/handlers';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { serve } from '../../shared/ipc/server';
import type { Transport } from '../../shared/ipc/transport';
import { Connection, type ConnectionState } from './connection';

const handlers = new Handlers()
  .onCall('run.pause', () => ({}))
  .onCall('run.stop', () => new Promise(() => {}));

/** A host that can be gone. */
class Host {
  isThere = true;
  attempts = 0;
  readonly #ends: Transport[] = [];

  readonly open = async (): Promise<Transport> => {
    this.attempts += 1;
    if (!this.isThere) throw new Error('refused');
    const [near, far] = memoryPair((message) => structuredClone(message));
    serve(far, handlers, { report: () => 'ref' });
    this.#ends.push(far);
    return near;
  };

  die(): void {
    this.isThere = false;
    for (const end of this.#ends.splice(0)) end.close('killed');
  }
}

function connected(host: Host): { connection: Connection; states: ConnectionState[] } {
  const connection = new Connection(host.open, { first: 5, longest: 20 });
  const states: ConnectionState[] = [];
  connection.onState((state) => states.push(state));
  return { connection, states };
}

function becoming(connection: Connection, wanted: ConnectionState): Promise<void> {
  return new Promise((resolve) => {
    const stop = connection.onState((state) => {
      if (state !== wanted) return;
      stop();
      resolve();
    });
  });
}

it('opens, is lost with what was going on, and is opened again', async () => {
  const host = new Host();
  const { connection, states } = connected(host);
  await connection.opened;
  await expect(connection.call('run.pause', { runId: 'r' })).resolves.toEqual({});
  const waiting = connection.call('run.stop', { runId: 'r' });
  host.die();
  await expect(waiting).rejects.toThrow('killed');
  expect(connection.state).toBe('lost');
  await expect(connection.call('run.pause', { runId: 'r' })).rejects.toThrow('lost');
  expect(() => connection.stream('host.engine', {}, () => {})).toThrow('lost');
  const again = becoming(connection, 'open');
  host.isThere = true;
  await again;
  await expect(connection.call('run.pause', { runId: 'r' })).resolves.toEqual({});
  expect(states).toEqual(['open', 'lost', 'open']);
  connection.close();
});

it('is tried until the host is there, less and less often', async () => {
  const host = new Host();
  host.isThere = false;
  const { connection } = connected(host);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(connection.state).toBe('lost');
  expect(host.attempts).toBeGreaterThan(2);
  expect(host.attempts).toBeLessThan(15);
  host.isThere = true;
  await connection.opened;
  connection.close();
});

it('closed, is not opened again', async () => {
  const host = new Host();
  const { connection } = connected(host);
  await connection.opened;
  connection.close();
  host.die();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(host.attempts).toBe(1);
});
