import type { ChildProcess } from 'node:child_process';
import { Mailbox } from '../../shared/ipc/mailbox';
import type { Transport } from '../../shared/ipc/transport';

/** The way to a forked process. Closes when that process ends, with how it ended; closing it kills the process. */
export function childTransport(child: ChildProcess): Transport {
  const mailbox = new Mailbox();
  child.on('message', (message) => mailbox.deliver(message));
  child.once('exit', (code, signal) => mailbox.close(signal ? `killed by ${signal}` : `exit code ${code}`));
  child.once('error', ({ message }) => mailbox.close(message));
  return {
    post: (message) => {
      if (mailbox.closed || !child.connected || !isSerializable(message)) return;
      // Whether it arrives shows in the answer; a process that just died is reported by its exit.
      child.send(message, () => {});
    },
    onMessage: (listener) => mailbox.onMessage(listener),
    onClose: (listener) => mailbox.onClose(listener),
    close: (reason) => {
      mailbox.close(reason);
      child.kill('SIGKILL');
    },
  };
}

function isSerializable(message: unknown): message is object {
  return typeof message === 'object' && message !== null;
}
