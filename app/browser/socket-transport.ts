import type { WebSocket } from 'ws';
import type { FrameLimits } from '../../shared/ipc/byte-frame';
import { ByteTransport } from '../../shared/ipc/byte-transport';
import type { Transport } from '../../shared/ipc/transport';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const text = {
  encode: (value: string) => encoder.encode(value),
  decode: (bytes: Uint8Array) => decoder.decode(bytes),
};

/** Bytes that may wait for a window that reads nothing, not even acknowledging, before it is given up. */
const MOST_WAITING = 128 * 1024 * 1024;
/** Milliseconds between signs of life; a window that misses two is gone. */
const HEARTBEAT = 15_000;

/** Frames over one window's WebSocket. */
export function socketTransport(socket: WebSocket, limits?: FrameLimits): Transport {
  const transport = new ByteTransport(
    {
      send: (piece) => {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > MOST_WAITING) socket.terminate();
        else socket.send(piece);
      },
      // 1003: data of a kind that can't be accepted.
      close: (reason) => socket.close(1003, reason),
    },
    text,
    limits,
  );
  let missed = 0;
  const heart = setInterval(() => {
    missed += 1;
    if (missed > 2) socket.terminate();
    else socket.ping();
  }, HEARTBEAT);
  heart.unref();
  socket.on('pong', () => {
    missed = 0;
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary && data instanceof Buffer) transport.take(data);
    else transport.close('only binary messages are understood');
  });
  // Malformed or too long: ws closes the socket by itself, with 1002 or 1009.
  socket.on('error', () => {});
  socket.on('close', (code) => {
    clearInterval(heart);
    transport.closed(`the window went away (${code})`);
  });
  return transport;
}
