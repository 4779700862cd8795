import { strFromU8, strToU8, zlibSync } from 'fflate';
import { documentText, parseDocument } from '../document/document-text';
import type { GraphDocument } from '../document/graph-document';
import { problem } from '../errors/catalogue';
import { ProblemError } from '../errors/problem';
import { inflateWithin, TooMuchError } from './bounded-inflate';
import { NotPngError, type PngChunk, pngChunk, pngChunks } from './png-chunks';
import { sharedDocument } from './shared-document';

/** Under which name the drawing stands among a picture's texts. Its version is that of the document: `"version"` in the text. */
export const PICTURE_KEYWORD = 'hourglass';

/** Bounds of what is taken out of a picture; tests take smaller ones. */
interface PictureLimits {
  /** Bytes of the drawing's text. */
  readonly text: number;
  readonly chunks: number;
}

const LIMITS: PictureLimits = { text: 16 * 1024 * 1024, chunks: 100_000 };

/**
 * A PNG with the drawing inside, as it is shared (`sharedDocument`): an iTXt chunk right behind the head, compressed. Its text is JSON in
 * ASCII, so that it also survives programs that write it again as a tEXt or zTXt chunk.
 *
 * @throws NotPngError where the picture is none
 */
export function withDrawing(png: Uint8Array, document: GraphDocument): Uint8Array<ArrayBuffer> {
  const text = documentText(sharedDocument(document)).replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const packed = zlibSync(strToU8(text), { level: 9 });
  // Keyword, compressed, by zlib, in no language, without a translated keyword.
  const head = strToU8(`${PICTURE_KEYWORD}\0\x01\0\0\0`);
  const data = new Uint8Array(head.length + packed.length);
  data.set(head);
  data.set(packed, head.length);
  const chunk = pngChunk('iTXt', data);
  const [first] = pngChunks(png);
  const at = first?.end ?? 0;
  const bytes = new Uint8Array(png.length + chunk.length);
  bytes.set(png.subarray(0, at));
  bytes.set(chunk, at);
  bytes.set(png.subarray(at), at + chunk.length);
  return bytes;
}

/**
 * The text of the drawing in a PNG. The picture itself is never decoded.
 *
 * @param name of the picture, for the sentences
 * @throws ProblemError where it is no PNG, is cut off or damaged, holds no drawing, several, or too much
 */
export function drawingTextIn(png: Uint8Array, name: string, limits: Partial<PictureLimits> = {}): string {
  const { text: most, chunks } = { ...LIMITS, ...limits };
  try {
    const found = [...pngChunks(png, chunks)].filter(isDrawing);
    const [chunk, second] = found;
    if (!chunk) throw new ProblemError(problem('PICTURE_WITHOUT_DRAWING', { name }));
    if (second) throw new NotPngError('it holds two drawings');
    if (!chunk.isWhole()) throw new NotPngError('the checksum of its drawing is wrong');
    return strFromU8(textOf(chunk, most));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (error instanceof TooMuchError)
      throw new ProblemError(problem('PICTURE_OVERFULL', { name, limit: most }));
    const what = error instanceof NotPngError ? error.message : 'the drawing in it can’t be unpacked';
    throw new ProblemError(problem('PICTURE_DAMAGED', { name, what }));
  }
}

/** The drawing in a PNG, whose data are named and not placed. @throws ProblemError as `drawingTextIn`, or where the text is no drawing */
export function drawingIn(png: Uint8Array, name: string, limits: Partial<PictureLimits> = {}): GraphDocument {
  return sharedDocument(parseDocument(drawingTextIn(png, name, limits)));
}

/** Whether any drawing stands in a picture, whole or not. */
export function hasDrawing(png: Uint8Array): boolean {
  try {
    for (const chunk of pngChunks(png)) if (isDrawing(chunk)) return true;
  } catch {
    // What is no whole picture is said by whoever opens it.
  }
  return false;
}

const HEAD = strToU8(`${PICTURE_KEYWORD}\0`);

function isDrawing({ type, data }: PngChunk): boolean {
  return /^(iTXt|zTXt|tEXt)$/.test(type) && HEAD.every((byte, at) => data[at] === byte);
}

/** @throws Error of any kind where the chunk is not as its kind should be */
function textOf({ type, data }: PngChunk, most: number): Uint8Array {
  const rest = data.subarray(HEAD.length);
  if (type === 'tEXt') return within(rest, most);
  if (type === 'zTXt') {
    if (rest[0] !== 0) throw new NotPngError('its drawing is packed in an unknown way');
    return inflateWithin(rest.subarray(1), most, 'zlib');
  }
  const [packed, method] = rest;
  const language = rest.indexOf(0, 2);
  const translated = rest.indexOf(0, language + 1);
  if (language < 0 || translated < 0) throw new NotPngError('the head of its drawing is cut off');
  const text = rest.subarray(translated + 1);
  if (packed === 0) return within(text, most);
  if (packed !== 1 || method !== 0) throw new NotPngError('its drawing is packed in an unknown way');
  return inflateWithin(text, most, 'zlib');
}

function within(bytes: Uint8Array, most: number): Uint8Array {
  if (bytes.length > most) throw new TooMuchError();
  return bytes;
}
