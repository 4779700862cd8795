/**
 * What carries frames between two peers: Electron IPC, a WebSocket, a forked process, a pair in memory. Messages
 * arrive whole, in order, and are not trusted: whoever reads them checks them.
 */
export interface Transport {
  /** Sends one message: plain data and binary arrays. Does nothing once closed. */
  post(message: unknown): void;
  /** There is one listener. Messages that came before it was set are delivered when it is. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when either side closed or the peer died; at once where that has happened already. */
  onClose(listener: (reason: string) => void): void;
  close(reason: string): void;
}
