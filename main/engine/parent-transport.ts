import { Mailbox } from '../../shared/ipc/mailbox';
import type { Transport } from '../../shared/ipc/transport';

/** What a process that Electron's `utilityProcess` started has, in place of the channel of a fork. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

/** The way to the program that started this process, in whichever manner it did. */
export function parentTransport(): Transport {
  const port = parentPort();
  return port ? portTransport(port) : forkTransport();
}

function parentPort(): ParentPort | null {
  if (!('parentPort' in process)) return null;
  const { parentPort: port } = process;
  return isPort(port) ? port : null;
}

function isPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

/** Chromium ends a utility process together with the one that started it: there is no close to wait for. */
function portTransport(port: ParentPort): Transport {
  const mailbox = new Mailbox();
  port.on('message', ({ data }) => mailbox.deliver(data));
  return {
    post: (message) => {
      if (!mailbox.closed) port.postMessage(message);
    },
    onMessage: (listener) => mailbox.onMessage(listener),
    onClose: (listener) => mailbox.onClose(listener),
    close: (reason) => mailbox.close(reason),
  };
}

/** `child_process.fork` with `serialization: 'advanced'`. Closes when the parent goes away, however it went. */
function forkTransport(): Transport {
  const mailbox = new Mailbox();
  process.on('message', (message) => mailbox.deliver(message));
  process.once('disconnect', () => mailbox.close('the program that started the engine ended'));
  if (!process.connected) mailbox.close('no program started the engine');
  return {
    post: (message) => {
      // A message that can't leave because the parent just died is nobody's loss.
      if (!mailbox.closed && process.connected) process.send?.(message, undefined, undefined, () => {});
    },
    onMessage: (listener) => mailbox.onMessage(listener),
    onClose: (listener) => mailbox.onClose(listener),
    close: (reason) => {
      mailbox.close(reason);
      if (process.connected) process.disconnect();
    },
  };
}
