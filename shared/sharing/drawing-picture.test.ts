import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { documentText, parseDocument } from '../document/document-text';
import { newDocument } from '../document/new-document';
import { randomSteps, stepTaken } from '../document/random-edits';
import { ProblemError } from '../errors/problem';
import { drawingIn, drawingTextIn, hasDrawing, PICTURE_KEYWORD, withDrawing } from './drawing-picture';
import { pngChunk, pngChunks } from './png-chunks';
import { sharedDocument } from './shared-document';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
const HEAD = pngChunk('IHDR', head);
const BODY = pngChunk('IDAT', deflateSync(Buffer.from([0, 127])));
const END = pngChunk('IEND', Buffer.alloc(0));

/** One grey pixel, with these chunks between head and picture. */
function picture(...chunks: Uint8Array[]): Buffer {
  return Buffer.concat([SIGNATURE, HEAD, ...chunks, BODY, END]);
}

const plain = picture();
const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

function drawing(name = 'mnist-conv') {
  return parseDocument(readFileSync(`${examples}${name}.hourglass`, 'utf8'));
}

function textChunk(kind: 'tEXt' | 'zTXt' | 'iTXt', text: string, keyword = PICTURE_KEYWORD): Uint8Array {
  if (kind === 'tEXt') return pngChunk(kind, Buffer.from(`${keyword}\0${text}`));
  if (kind === 'zTXt') {
    return pngChunk(kind, Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(text)]));
  }
  return pngChunk(kind, Buffer.concat([Buffer.from(`${keyword}\0\0\0en\0\0`), Buffer.from(text)]));
}

function refusal(png: Uint8Array, limits = {}): string {
  try {
    drawingIn(png, 'picture.png', limits);
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    return (error as ProblemError).problems[0].code;
  }
  throw new Error('It was read.');
}

describe('a picture with a drawing inside', () => {
  it('gives every example back as it is shared', () => {
    for (const name of readdirSync(examples).filter((file) => file.endsWith('.hourglass'))) {
      const document = parseDocument(readFileSync(examples + name, 'utf8'));
      const png = withDrawing(plain, document);
      expect(hasDrawing(png)).toBe(true);
      expect(documentText(drawingIn(png, name))).toBe(documentText(sharedDocument(document)));
    }
  });

  it('gives any drawing back, in whatever letters it is named', () => {
    const sessions = fc.tuple(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc.array(randomSteps, { maxLength: 12 }),
    );
    fc.assert(
      fc.property(sessions, ([name, steps]) => {
        const document = steps.reduce(stepTaken, { ...newDocument(), name });
        const png = withDrawing(plain, document);
        expect(documentText(drawingIn(png, 'x.png'))).toBe(documentText(sharedDocument(document)));
      }),
      { numRuns: 25 },
    );
  });

  it('is a picture to everybody else, with the text among its comments', async () => {
    const png = withDrawing(plain, drawing());
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, data[0]]).toEqual([1, 1, 127]);
    const { comments } = await sharp(png).metadata();
    expect(comments?.map(({ keyword }) => keyword)).toEqual([PICTURE_KEYWORD]);
    expect(comments?.[0]?.text).toBe(drawingTextIn(png, 'x.png'));
  });

  it('survives programs that write its text again in another way', () => {
    const document = drawing();
    const text = drawingTextIn(withDrawing(plain, document), 'x.png');
    expect(text).toMatch(/^[\n -~]*$/);
    for (const kind of ['tEXt', 'zTXt', 'iTXt'] as const) {
      expect(drawingIn(picture(textChunk(kind, text)), 'x.png')).toEqual(sharedDocument(document));
    }
    const { length } = plain;
    const late = Buffer.concat([plain.subarray(0, length - END.length), textChunk('iTXt', text), END]);
    expect(drawingIn(late, 'x.png')).toEqual(sharedDocument(document));
  });

  it('says the name of the data, not where they lie nor what is in them', () => {
    const document = drawing('mnist-dense');
    const data = {
      kind: 'idx',
      path: '/home/turing/secret/mnist',
      shape: [28, 28, 1],
      fingerprint: 'f00',
    } as const;
    const png = withDrawing(plain, { ...document, data });
    const text = drawingTextIn(png, 'x.png');
    expect(text).not.toMatch(/turing|secret|f00/);
    expect(drawingIn(png, 'x.png').data).toEqual({ kind: 'idx', path: 'mnist', shape: [28, 28, 1] });
  });

  it('leads nowhere on the machine that it comes to', () => {
    for (const path of ['/etc', '..', '\\\\evil\\share\\x', 'C:\\x\\..', 'C:', '../../mnist', './', '/']) {
      const document = { ...drawing(), data: { kind: 'pictures', path, shape: [8, 8, 1] } as const };
      const png = picture(textChunk('iTXt', documentText(document)));
      const { data } = drawingIn(png, 'x.png');
      expect('path' in data && data.path).toMatch(/^(?!\.+$)[^\\/:]+$/);
    }
  });
});

describe('a hostile picture', () => {
  const text = documentText(drawing());

  it('is refused with a sentence of what is wrong', () => {
    const good = withDrawing(plain, drawing());
    const [, chunk] = pngChunks(good);
    const start = SIGNATURE.length + HEAD.length;
    const changed = Buffer.from(good);
    changed[start + 60]! ^= 1;
    const long = Buffer.from(good);
    long.writeUInt32BE(0xfffffff0, start);
    const unnamed = Buffer.from(good);
    unnamed[start + 5] = 0;
    const method = Buffer.concat([Buffer.from(`${PICTURE_KEYWORD}\0\x01\x07\0\0`), deflateSync(text)]);
    const cases: readonly (readonly [string, Uint8Array, string])[] = [
      ['nothing', Buffer.alloc(0), 'PICTURE_DAMAGED'],
      ['no PNG', Buffer.from('GIF89a'), 'PICTURE_DAMAGED'],
      ['a PNG without a drawing', plain, 'PICTURE_WITHOUT_DRAWING'],
      ['another text', picture(textChunk('iTXt', text, 'hourglasses')), 'PICTURE_WITHOUT_DRAWING'],
      ['two drawings', picture(textChunk('iTXt', text), textChunk('tEXt', text)), 'PICTURE_DAMAGED'],
      ['no head', Buffer.concat([SIGNATURE, BODY, END]), 'PICTURE_DAMAGED'],
      ['no end', good.subarray(0, good.length - END.length), 'PICTURE_DAMAGED'],
      ['a flipped bit', changed, 'PICTURE_DAMAGED'],
      ['a length that leads out', long, 'PICTURE_DAMAGED'],
      ['a part without a name', unnamed, 'PICTURE_DAMAGED'],
      ['an unknown packing', picture(pngChunk('iTXt', method)), 'PICTURE_DAMAGED'],
      [
        'text for packed',
        picture(pngChunk('zTXt', Buffer.from(`${PICTURE_KEYWORD}\0\0${text}`))),
        'PICTURE_DAMAGED',
      ],
      [
        'a head cut off',
        picture(pngChunk('iTXt', Buffer.from(`${PICTURE_KEYWORD}\0\0\0`))),
        'PICTURE_DAMAGED',
      ],
      ['half of the packed', picture(pngChunk('zTXt', halved(chunk!.data))), 'PICTURE_DAMAGED'],
      ['no JSON', picture(textChunk('iTXt', 'hello')), 'DOCUMENT_SYNTAX'],
      ['a forbidden key', picture(textChunk('iTXt', '{"__proto__": {}}')), 'DOCUMENT_FORBIDDEN_KEY'],
      ['depth', picture(textChunk('zTXt', '['.repeat(100_000))), 'DOCUMENT_TOO_DEEP'],
    ];
    for (const [what, png, code] of cases) expect(`${what}: ${refusal(png)}`).toBe(`${what}: ${code}`);
  });

  /** The zlib stream of an iTXt chunk of ours, without its second half, as zTXt has it. */
  function halved(data: Uint8Array): Buffer {
    const packed = data.subarray(PICTURE_KEYWORD.length + 5);
    return Buffer.concat([Buffer.from(`${PICTURE_KEYWORD}\0\0`), packed.subarray(0, packed.length / 2)]);
  }

  it('is stopped while it unpacks beyond what a drawing has', () => {
    const bomb = picture(textChunk('zTXt', ' '.repeat(60_000_000)));
    expect(bomb.length).toBeLessThan(80_000);
    const before = process.memoryUsage().arrayBuffers;
    const since = performance.now();
    expect(refusal(bomb)).toBe('PICTURE_OVERFULL');
    expect(performance.now() - since).toBeLessThan(2_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64e6);
    expect(refusal(picture(textChunk('tEXt', text)), { text: 100 })).toBe('PICTURE_OVERFULL');
    expect(refusal(picture(textChunk('zTXt', text)), { text: 100 })).toBe('PICTURE_OVERFULL');
  });

  it('has no more parts than a picture needs', () => {
    const many = picture(...Array.from({ length: 50 }, () => pngChunk('tEXt', Buffer.from('a\0b'))));
    expect(refusal(many, { chunks: 20 })).toBe('PICTURE_DAMAGED');
    expect(refusal(many)).toBe('PICTURE_WITHOUT_DRAWING');
  });

  it('never does more than be refused, cut off or changed anywhere', () => {
    const good = withDrawing(plain, drawing('mnist-dense'));
    for (let end = 0; end < good.length; end += 1) refusal(good.subarray(0, end));
    const flips = fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(flips, (places) => {
        const changed = Buffer.from(good);
        for (const [at, by] of places) changed[at]! ^= by;
        try {
          // What is changed elsewhere than in the drawing leaves that whole.
          expect(drawingIn(changed, 'x.png').format).toBe('hourglass');
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
