import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret of one start of the host: 128 random bits, never written anywhere. */
export class SessionToken {
  readonly text = randomBytes(16).toString('base64url');
  readonly #digest = digest(this.text);

  /** Digests have one length: neither length nor place of a difference shows in the time this takes. */
  matches(given: string): boolean {
    return timingSafeEqual(digest(given), this.#digest);
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
