import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { Mailbox } from '../../shared/ipc/mailbox';
import type { Transport } from '../../shared/ipc/transport';
import { CHANNEL, type Envelope } from './frame-channel';

// The page's own window, of which this world sees the same events.
declare const window: {
  addEventListener(
    type: 'drop',
    listener: (event: { readonly dataTransfer: { readonly files: Iterable<File> } | null }) => void,
    capture: boolean,
  ): void;
};

// All that the page is given. It runs in a world of its own beside the page, in the page's sandbox, without Node;
// what passes between the two is copied, never shared.

interface Connection {
  readonly mailbox: Mailbox;
  opened(): void;
}

const connections = new Map<string, Connection>();

function send(envelope: Envelope): void {
  ipcRenderer.send(CHANNEL, envelope);
}

function openTransport(): Promise<Transport> {
  const connection = Math.random().toString(36).slice(2);
  const mailbox = new Mailbox();
  mailbox.onClose(() => connections.delete(connection));
  const transport: Transport = {
    post: (message) => {
      if (!mailbox.closed) send({ connection, kind: 'message', message });
    },
    onMessage: (listener) => mailbox.onMessage(listener),
    onClose: (listener) => mailbox.onClose(listener),
    close: (reason) => {
      if (mailbox.closed) return;
      send({ connection, kind: 'close', reason });
      mailbox.close(reason);
    },
  };
  return new Promise((resolve, reject) => {
    connections.set(connection, { mailbox, opened: () => resolve(transport) });
    mailbox.onClose((reason) => reject(new Error(reason)));
    send({ connection, kind: 'open' });
  });
}

// The event is not passed on: it would lead to ipcRenderer.
ipcRenderer.on(CHANNEL, (_, envelope: Envelope) => {
  const known = connections.get(envelope.connection);
  if (envelope.kind === 'open') known?.opened();
  else if (envelope.kind === 'message') known?.mailbox.deliver(envelope.message);
  else known?.mailbox.close(envelope.reason);
});

/** Where the file lies that was dropped last, a drawing rather than others. Noted here, as the page's own files say nothing of their places. */
let dropped: string | null = null;
window.addEventListener(
  'drop',
  (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    const file = files.find(({ name }) => /\.hourglass$/i.test(name)) ?? files[0];
    // Empty for one that is on no disk.
    dropped = (file && webUtils.getPathForFile(file)) || null;
  },
  true,
);

const droppedPath = () => dropped;

contextBridge.exposeInMainWorld('hourglass', Object.freeze({ openTransport, droppedPath }));
