import { decodeMessage, encodeMessage, FRAME_LIMITS, type FrameLimits, type TextCodec } from './byte-frame';
import { Mailbox } from './mailbox';
import type { Transport } from './transport';

/** A way for pieces of bytes, each arriving whole and in order: a WebSocket. */
export interface ByteChannel {
  send(piece: Uint8Array): void;
  close(reason: string): void;
}

/** No piece is longer, so that the receiving socket can refuse longer ones outright. */
export const PIECE_BYTES = 512 * 1024;

const LAST = 0;
const MORE = 1;

/** Messages as bytes over a channel, long ones in pieces. The owner of the channel passes on what comes in. */
export class ByteTransport implements Transport {
  readonly #channel: ByteChannel;
  readonly #text: TextCodec;
  readonly #limits: FrameLimits;
  readonly #mailbox = new Mailbox();
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(channel: ByteChannel, text: TextCodec, limits: FrameLimits = FRAME_LIMITS) {
    this.#channel = channel;
    this.#text = text;
    this.#limits = limits;
  }

  post(message: unknown): void {
    if (this.#mailbox.closed) return;
    const bytes = encodeMessage(message, this.#text);
    const room = PIECE_BYTES - 1;
    for (let offset = 0; offset < bytes.length; offset += room) {
      const part = bytes.subarray(offset, offset + room);
      const piece = new Uint8Array(part.length + 1);
      piece[0] = offset + room < bytes.length ? MORE : LAST;
      piece.set(part, 1);
      this.#channel.send(piece);
    }
  }

  /** A piece came in. Anything that is not as agreed closes the channel. */
  take(piece: Uint8Array): void {
    if (this.#mailbox.closed) return;
    const [mark] = piece;
    const part = piece.subarray(1);
    // All pieces but the last are full: empty ones could be piled up without end.
    const wellFormed = mark === LAST || (mark === MORE && piece.length === PIECE_BYTES);
    this.#length += part.length;
    if (!wellFormed || this.#length > this.#limits.bytes) {
      this.close('a message could not be understood');
      return;
    }
    this.#pieces.push(part);
    if (mark === MORE) return;
    const bytes = joined(this.#pieces, this.#length);
    this.#pieces = [];
    this.#length = 0;
    let message: unknown;
    try {
      message = decodeMessage(bytes, this.#text, this.#limits);
    } catch {
      this.close('a message could not be understood');
      return;
    }
    this.#mailbox.deliver(message);
  }

  /** The channel closed by itself or from the other side. */
  closed(reason: string): void {
    this.#pieces = [];
    this.#mailbox.close(reason);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#mailbox.onMessage(listener);
  }

  onClose(listener: (reason: string) => void): void {
    this.#mailbox.onClose(listener);
  }

  close(reason: string): void {
    if (this.#mailbox.closed) return;
    this.closed(reason);
    this.#channel.close(reason);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
