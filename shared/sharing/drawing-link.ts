import { deflateSync, strFromU8, strToU8 } from 'fflate';
import { canonical } from '../document/canonical';
import { parseDocument, withoutExtras } from '../document/document-text';
import type { GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import { ProblemError } from '../errors/problem';
import { fromBase64url, toBase64url } from './base64url';
import { inflateWithin, TooMuchError } from './bounded-inflate';
import { crc32 } from './crc32';
import { LINK_DICTIONARY } from './link-dictionary';
import { sharedDocument } from './shared-document';

/**
 * A whole drawing as a link, without weights: `hourglass:g=1.…` for the desktop app, `#g=1.…` behind the address of a browser's window.
 * Behind the version stand, in letters that every address takes, four bytes of checksum (CRC-32 of what follows) and the drawing's JSON,
 * deflated with a dictionary (`link-dictionary.ts`). Equal drawings give equal links.
 */
const VERSION = 1;
/** What the desktop app is registered for. */
export const LINK_SCHEME = 'hourglass';

/** Bounds of a link, in characters, and of what it may unpack to, in bytes; tests take smaller ones. */
interface LinkLimits {
  /** Windows hands over no command line of more than 32,767 characters. */
  readonly characters: number;
  readonly bytes: number;
}

export const LINK_LIMITS: LinkLimits = { characters: 30_000, bytes: 2 * 1024 * 1024 };
/** Longer links are cut by some mail programs and chats. */
export const CAREFUL_LINK = 2_000;

const CHECKSUM = 4;
/** In whatever stands around it: an address, a mail's angle brackets, the end of a sentence. */
const LINK = /(?:#|\bhourglass:(?:\/\/)?\/?)g(?:=|%3D)(?:(\d{1,9})\.([A-Za-z0-9_-]+))?/i;

/** What stands behind `g=` for this drawing, as it is shared. @throws ProblemError LINK_TOO_LONG */
function payloadOf(document: GraphDocument, limits: LinkLimits): string {
  const text = JSON.stringify(withoutExtras(canonical(sharedDocument(document))));
  const packed = deflateSync(strToU8(text), { level: 9, dictionary: LINK_DICTIONARY });
  const bytes = new Uint8Array(CHECKSUM + packed.length);
  new DataView(bytes.buffer).setUint32(0, crc32(packed));
  bytes.set(packed, CHECKSUM);
  const payload = `${VERSION}.${toBase64url(bytes)}`;
  const { characters: limit } = limits;
  if (payload.length > limit) {
    throw new ProblemError(problem('LINK_TOO_LONG', { length: payload.length, limit }));
  }
  return payload;
}

/** The link that opens a drawing in the desktop app. @throws ProblemError LINK_TOO_LONG */
export function appLink(document: GraphDocument, limits = LINK_LIMITS): string {
  return `${LINK_SCHEME}:g=${payloadOf(document, limits)}`;
}

/** The address that opens it in a browser's window at `address`. @throws ProblemError LINK_TOO_LONG */
export function pageLink(address: string, document: GraphDocument, limits = LINK_LIMITS): string {
  return `${address}#g=${payloadOf(document, limits)}`;
}

/** Whether a text is, or holds, a link to a drawing; JSON, which could quote one, is none. */
export function isDrawingLink(text: string): boolean {
  if (text.length > 2 * LINK_LIMITS.characters || /^\s*\{/.test(text)) return false;
  return LINK.exec(text)?.[1] !== undefined;
}

/**
 * The drawing of a link, whoever made it: its data are named and not placed.
 *
 * @throws ProblemError where it is cut off or changed, of a newer version, holds too much, or no drawing
 */
export function drawingOfLink(link: string, limits: LinkLimits = LINK_LIMITS): GraphDocument {
  const [, version, letters] = LINK.exec(link.slice(0, 2 * limits.characters)) ?? [];
  if (version === undefined || letters === undefined) throw damaged('there is no drawing in it');
  if (Number(version) > VERSION) throw new ProblemError(problem('LINK_NEWER', { version, known: VERSION }));
  if (Number(version) !== VERSION) throw damaged(`there is no version ${version}`);
  if (letters.length > limits.characters)
    throw damaged(`it has more than ${limits.characters.toLocaleString('en')} characters`);
  const bytes = fromBase64url(letters);
  if (!bytes || bytes.length <= CHECKSUM) throw damaged('a part of it is missing');
  const packed = bytes.subarray(CHECKSUM);
  const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (crc32(packed) !== sum) throw damaged('a part of it is missing or was changed');
  return sharedDocument(parseDocument(strFromU8(unpacked(packed, limits.bytes))));
}

function unpacked(packed: Uint8Array, limit: number): Uint8Array {
  try {
    return inflateWithin(packed, limit, { dictionary: LINK_DICTIONARY });
  } catch (error) {
    if (error instanceof TooMuchError) throw new ProblemError(problem('LINK_OVERFULL', { limit }));
    throw damaged('it can’t be unpacked');
  }
}

function damaged(what: string): ProblemError {
  return new ProblemError(problem('LINK_DAMAGED', { what }));
}
