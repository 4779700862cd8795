import { Mailbox } from '../../shared/ipc/mailbox';
import type { Transport } from '../../shared/ipc/transport';

/**
 * The way to the program that forked this process (`child_process.fork` with `serialization: 'advanced'`). Closes
 * when that program goes away, however it went. Electron's `utilityProcess` has a port in place of it.
 */
export function parentTransport(): Transport {
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
