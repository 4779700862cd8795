import { type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import type { Logger } from 'pino';
import { z } from 'zod';
import { Mailbox } from '../../shared/ipc/mailbox';
import type { Transport } from '../../shared/ipc/transport';
import { CHANNEL, type Envelope } from './frame-channel';
import { isPage } from './page-address';

const connection = z.string().min(1).max(32);
const envelopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ connection, kind: z.literal('open') }),
  z.strictObject({ connection, kind: z.literal('message'), message: z.unknown() }),
  z.strictObject({ connection, kind: z.literal('close'), reason: z.string().max(1_000) }),
]);

interface Open {
  readonly connection: string;
  readonly mailbox: Mailbox;
}

/**
 * Carries frames between the pages of our windows and `onWindow`, one connection a window: a page that was reloaded
 * opens its own, which closes the former page's. Whatever does not come from the top frame of the window's own page,
 * or is no envelope, is logged and dropped.
 */
export function carryFrames(
  log: Logger,
  onWindow: (transport: Transport, contents: WebContents) => void,
): void {
  const windows = new Map<WebContents, Open>();

  const end = (contents: WebContents, reason: string) => {
    const open = windows.get(contents);
    windows.delete(contents);
    open?.mailbox.close(reason);
  };

  const begin = (contents: WebContents, name: string) => {
    if (windows.has(contents)) end(contents, 'the window was loaded anew');
    else watch(contents);
    const mailbox = new Mailbox();
    const send = (envelope: Envelope) => {
      if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(CHANNEL, envelope);
    };
    windows.set(contents, { connection: name, mailbox });
    send({ connection: name, kind: 'open' });
    const transport: Transport = {
      post: (message) => {
        if (!mailbox.closed) send({ connection: name, kind: 'message', message });
      },
      onMessage: (listener) => mailbox.onMessage(listener),
      onClose: (listener) => mailbox.onClose(listener),
      close: (reason) => {
        if (mailbox.closed) return;
        send({ connection: name, kind: 'close', reason });
        if (windows.get(contents)?.mailbox === mailbox) windows.delete(contents);
        mailbox.close(reason);
      },
    };
    onWindow(transport, contents);
  };

  const watched = new WeakSet<WebContents>();
  const watch = (contents: WebContents) => {
    if (watched.has(contents)) return;
    watched.add(contents);
    contents.on('render-process-gone', (_, { reason }) => end(contents, `the page is gone (${reason})`));
    contents.once('destroyed', () => end(contents, 'the window was closed'));
  };

  ipcMain.on(CHANNEL, (event, given: unknown) => {
    if (!isFromPage(event)) {
      log.warn({ from: event.senderFrame?.url }, 'a message from elsewhere than the window was refused');
      return;
    }
    const parsed = envelopeSchema.safeParse(given);
    if (!parsed.success) {
      log.warn({ err: parsed.error }, 'a message that is no envelope was refused');
      return;
    }
    const { sender } = event;
    const envelope = parsed.data;
    if (envelope.kind === 'open') {
      begin(sender, envelope.connection);
      return;
    }
    const open = windows.get(sender);
    // A late word of a connection that is over.
    if (open?.connection !== envelope.connection) return;
    if (envelope.kind === 'message') open.mailbox.deliver(envelope.message);
    else end(sender, envelope.reason);
  });
}

/** Only the top frame of our own page is listened to. */
function isFromPage({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isPage(senderFrame.url);
}
