import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { documentHash, documentText, parseDocument } from '../document/document-text';
import { newDocument } from '../document/new-document';
import { randomSteps, stepTaken } from '../document/random-edits';
import { ProblemError } from '../errors/problem';
import { branchedStacks } from '../plan/random-branches';
import { stacks } from '../plan/random-stacks';
import { toBase64url } from './base64url';
import { crc32 } from './crc32';
import { appLink, drawingOfLink, isDrawingLink, LINK_LIMITS, pageLink } from './drawing-link';
import { LINK_DICTIONARY } from './link-dictionary';
import { sharedDocument } from './shared-document';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const drawings = readdirSync(examples)
  .filter((file) => file.endsWith('.hourglass'))
  .map((file) => parseDocument(readFileSync(examples + file, 'utf8')));
const [first] = drawings;

function refusal(link: string, limits = LINK_LIMITS): string {
  try {
    drawingOfLink(link, limits);
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    return (error as ProblemError).problems[0].code;
  }
  throw new Error('It was read.');
}

/** A link with a right checksum around anything. */
function linkOf(packed: Uint8Array, version = '1'): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(packed));
  return `hourglass:g=${version}.${toBase64url(Buffer.concat([sum, packed]))}`;
}

function packed(text: string): Uint8Array {
  return deflateSync(Buffer.from(text), { dictionary: LINK_DICTIONARY });
}

describe('a link', () => {
  it('holds every example whole, in what fits any chat', () => {
    for (const document of drawings) {
      const link = appLink(document);
      expect(drawingOfLink(link)).toEqual(sharedDocument(document));
      expect(link).toMatch(/^hourglass:g=1\.[A-Za-z0-9_-]+$/);
      expect(link.length).toBeLessThan(300);
      const address = pageLink('http://127.0.0.1:47823/', document);
      expect(drawingOfLink(new URL(address).hash)).toEqual(sharedDocument(document));
    }
  });

  it('holds any drawing whole, and is the same for the same drawing', () => {
    const starts = fc.oneof(fc.constant(newDocument()), stacks, branchedStacks);
    fc.assert(
      fc.property(starts, fc.array(randomSteps, { maxLength: 12 }), (start, steps) => {
        const document = steps.reduce(stepTaken, start);
        const link = appLink(document);
        const back = drawingOfLink(link);
        expect(documentText(back)).toBe(documentText(sharedDocument(document)));
        expect(documentHash(back)).toBe(documentHash(sharedDocument(document)));
        expect(appLink(parseDocument(documentText(document)))).toBe(link);
      }),
      { numRuns: 40 },
    );
  });

  it('is found in what mails and chats put around it', () => {
    const link = appLink(first!);
    const payload = link.slice('hourglass:g='.length);
    for (const text of [
      `<${link}>`,
      `See ${link}.`,
      `"${link}"`,
      `hourglass://g=${payload}`,
      `hourglass:///g=${payload}/`,
      `HOURGLASS:g%3D${payload}`,
      `http://localhost:8000/?x=1#g=${payload}\n`,
    ]) {
      expect(isDrawingLink(text)).toBe(true);
      expect(drawingOfLink(text)).toEqual(sharedDocument(first!));
    }
    for (const text of ['', '#g=', 'hourglass:', `{"name": "${link}"}`, 'a'.repeat(70_000)]) {
      expect(isDrawingLink(text)).toBe(false);
    }
  });

  it('is refused where it would be too long, with what else there is', () => {
    const limits = { ...LINK_LIMITS, characters: 100 };
    expect(() => appLink(first!, limits)).toThrow(/picture or a file/);
    expect(() => pageLink('http://localhost/', first!, limits)).toThrow(ProblemError);
  });
});

describe('a hostile link', () => {
  it('is refused with a sentence of what is wrong', () => {
    const link = appLink(first!);
    const cases: readonly (readonly [string, string, string])[] = [
      ['nothing', '', 'LINK_DAMAGED'],
      ['no drawing', 'hourglass:g=', 'LINK_DAMAGED'],
      ['another command', 'hourglass:run?x', 'LINK_DAMAGED'],
      ['one letter', 'hourglass:g=1.A', 'LINK_DAMAGED'],
      ['cut off', link.slice(0, -3), 'LINK_DAMAGED'],
      ['longer', `${link}AAAA`, 'LINK_DAMAGED'],
      ['other case', link.toUpperCase(), 'LINK_DAMAGED'],
      ['newer', link.replace('g=1.', 'g=12.'), 'LINK_NEWER'],
      ['version 0', link.replace('g=1.', 'g=0.'), 'LINK_DAMAGED'],
      ['no deflate', linkOf(Buffer.from([255, 255, 255])), 'LINK_DAMAGED'],
      ['half a stream', linkOf(packed(documentText(first!)).subarray(0, 100)), 'LINK_DAMAGED'],
      ['a bomb', linkOf(packed(' '.repeat(20_000_000))), 'LINK_OVERFULL'],
      ['too long', `hourglass:g=1.${'A'.repeat(40_000)}`, 'LINK_DAMAGED'],
      ['no JSON', linkOf(packed('hello')), 'DOCUMENT_SYNTAX'],
      ['no drawing', linkOf(packed('{"a": 1}')), 'DOCUMENT_NOT_HOURGLASS'],
      ['a forbidden key', linkOf(packed('{"constructor": 1}')), 'DOCUMENT_FORBIDDEN_KEY'],
    ];
    for (const [what, text, code] of cases) expect(`${what}: ${refusal(text)}`).toBe(`${what}: ${code}`);
    const small = { ...LINK_LIMITS, bytes: 100 };
    expect(refusal(link, small)).toBe('LINK_OVERFULL');
  });

  it('leads to no place on the machine', () => {
    const data = {
      kind: 'table',
      path: '\\\\evil\\share\\a.csv',
      label: 'none',
      series: false,
      scaling: 'none',
      shape: [3],
    };
    const text = JSON.stringify({ ...JSON.parse(documentText(first!)), data });
    expect(drawingOfLink(linkOf(packed(text))).data).toMatchObject({ path: 'a.csv' });
  });

  it('never does more than be refused', () => {
    const link = appLink(first!);
    fc.assert(
      fc.property(fc.nat(link.length - 1), fc.constantFrom(...'Ab9-_.%'), (at, letter) => {
        const changed = link.slice(0, at) + letter + link.slice(at + 1);
        try {
          expect(drawingOfLink(changed)).toEqual(sharedDocument(first!));
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        refusal(linkOf(bytes));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the dictionary of links', () => {
  it('is for ever what it was: links of version 1 need it', () => {
    expect(crc32(LINK_DICTIONARY)).toBe(405_722_751);
  });

  it('opens a link that was made with it', () => {
    const link = 'hourglass:g=1.nRnC2yMie0PzqQs4nyoA86kCPJ-O5vzRnD-a84dmzgcA';
    expect(drawingOfLink(link).name).toBe('Digits and shapes');
  });
});
