import { Mailbox } from './mailbox';
import type { Transport } from './transport';

/**
 * Two transports that are each other's peer, in one process. Messages arrive later, in order, as `copy` makes them
 * (a real border would copy, so that a value that can't be copied throws in `post`).
 */
export function memoryPair(copy: (message: unknown) => unknown): readonly [Transport, Transport] {
  const mailboxes = [new Mailbox(), new Mailbox()] as const;
  const close = (reason: string) => {
    for (const mailbox of mailboxes) mailbox.close(reason);
  };
  const end = (own: Mailbox, other: Mailbox): Transport => ({
    post: (message) => {
      if (own.closed) return;
      const copied = copy(message);
      Promise.resolve().then(() => other.deliver(copied));
    },
    onMessage: (listener) => own.onMessage(listener),
    onClose: (listener) => own.onClose(listener),
    close,
  });
  return [end(mailboxes[0], mailboxes[1]), end(mailboxes[1], mailboxes[0])];
}
