import { ByteTransport } from '../../shared/ipc/byte-transport';
import type { Transport } from '../../shared/ipc/transport';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const text = {
  encode: (value: string) => encoder.encode(value),
  decode: (bytes: Uint8Array) => decoder.decode(bytes),
};

/** Opens the WebSocket of the host that served this window. @throws Error where it can't be opened */
export function openWebSocket(): Promise<Transport> {
  const { host } = window.location;
  const socket = new WebSocket(`ws://${host}/socket`);
  socket.binaryType = 'arraybuffer';
  const transport = new ByteTransport(
    {
      send: (piece) => {
        // Its own copy: the DOM's types want to know that the memory is not shared.
        if (socket.readyState === WebSocket.OPEN) socket.send(new Uint8Array(piece));
      },
      close: () => socket.close(),
    },
    text,
  );
  socket.addEventListener('message', ({ data }) => {
    if (data instanceof ArrayBuffer) transport.take(new Uint8Array(data));
    else transport.close('a message could not be understood');
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(transport), { once: true });
    socket.addEventListener(
      'close',
      ({ code, reason }) => {
        const why = reason === '' ? `closed with ${code}` : reason;
        transport.closed(why);
        reject(new Error(why));
      },
      { once: true },
    );
  });
}
