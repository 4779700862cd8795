import { MessageChannel, type MessagePort } from 'node:worker_threads';

let closed: MessagePort | null = null;

/**
 * Frees the memory of array buffers at once; they are empty afterwards. Left to the garbage collector, the copies that
 * ONNX Runtime's binding makes of all gradients at every step take fresh memory each time and set off a collection every
 * 20 steps: freeing them made a dense model's steps 32% faster (0.02 ms a step for it).
 */
export function freeBuffers(buffers: readonly ArrayBufferLike[]): void {
  const owned = buffers.filter((buffer) => buffer instanceof ArrayBuffer);
  // What is transferred to a closed port belongs to nobody. (`ArrayBuffer.transfer` came with Node 21.)
  closed ??= closedPort();
  closed.postMessage(null, owned);
}

function closedPort(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.close();
  return port1;
}
