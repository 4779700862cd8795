import type { Transport } from '../../shared/ipc/transport';
import { Connection } from './connection';
import { openWebSocket } from './web-socket-transport';

declare global {
  interface Window {
    /** Set by a shell that carries frames itself; without it the window was served by a browser host. */
    readonly hourglass?: {
      openTransport(): Promise<Transport>;
      /** Where the drawing lies that was dropped on the window last. */
      droppedPath(): string | null;
    };
  }
}

/**
 * Connects to the program that opened this window. Resolves when the connection is first open, however long that
 * takes; afterwards it is kept up by itself, and `onState` tells how it stands.
 */
export async function connect(): Promise<Connection> {
  const connection = new Connection(window.hourglass?.openTransport ?? openWebSocket);
  await connection.opened;
  return connection;
}
