import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { blockOf } from '../blocks/catalogue';
import { problem } from '../errors/catalogue';
import { ProblemError } from '../errors/problem';
import { identityProblems } from '../plan/wiring';
import { canonical } from './canonical';
import { documentSchema, MAX_BLOCKS } from './document-schema';
import type { GraphDocument } from './graph-document';
import { migrate } from './migrations';
import { scanJson } from './scan-json';
import { schemaProblems } from './schema-problems';
import { refuseHostile } from './untrusted-json';

/** The longest text that is read: a drawing of 5,000 blocks takes about a tenth of it. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

/**
 * Reads a drawing from the text of a `*.hourglass` file, of this version or an older one. Throws ProblemError
 * with everything that keeps it from being a document: syntax (with line and column), depth, unknown or missing
 * entries, values out of range, ids that do not meet. A drawing that is merely unfinished is read;
 * `validateDocument` says what it lacks.
 */
export function parseDocument(text: string): GraphDocument {
  return documentFrom(parseJson(text));
}

/** JSON of any kind, as strictly and with the same limits. Throws ProblemError. */
export function parseJson(text: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    const values = { what: 'characters', got: text.length, limit: MAX_CHARACTERS };
    throw new ProblemError(problem('DOCUMENT_TOO_LARGE', values));
  }
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  scanJson(json);
  return JSON.parse(json);
}

/** The same for JSON that is parsed already, such as what came through a transport. */
export function documentFrom(value: unknown): GraphDocument {
  const count = blockCount(value);
  if (count > MAX_BLOCKS) {
    throw new ProblemError(
      problem('DOCUMENT_TOO_LARGE', { what: 'blocks', got: count, limit: MAX_BLOCKS }, { path: 'blocks' }),
    );
  }
  refuseHostile(value);
  const raw = migrate(value);
  const parsed = documentSchema.safeParse(raw);
  const problems = parsed.success ? identityProblems(parsed.data) : schemaProblems(parsed.error.issues, raw);
  const [first, ...others] = problems;
  if (first) throw new ProblemError(first, ...others);
  if (!parsed.success) throw parsed.error;
  return canonical(parsed.data);
}

/**
 * The canonical text of a drawing, as it is saved: two spaces a level, one line an entry, short lists and tables
 * on one line, a line break at the end. Equal documents give equal texts.
 */
export function documentText(doc: GraphDocument): string {
  return jsonText(withoutExtras(canonical(doc)));
}

/** A JSON value as drawings are written. */
export function jsonText(value: object): string {
  return `${written(value, '')}\n`;
}

/** SHA-256 (hex) of all that affects a run: everything but names, notes, groups and canvas positions. */
export function documentHash(doc: GraphDocument): string {
  const {
    name: _name,
    notes: _notes,
    groups: _groups,
    layout: _layout,
    ...rest
  } = withoutExtras(canonical(doc));
  const blocks = rest.blocks.map(({ name: _its, ...block }) => block);
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify({ ...rest, blocks }))));
}

/** The same document without the parameters for a few drawings only, where they are their defaults. */
export function withoutExtras(doc: GraphDocument): GraphDocument {
  const blocks = doc.blocks.map((block) => {
    const entries = blockOf(block.type)?.params ?? {};
    const params = Object.entries(block.params).filter(
      ([name, value]) => entries[name]?.extra === undefined || value !== entries[name].default,
    );
    return { ...block, params: Object.fromEntries(params) };
  });
  return { ...doc, blocks };
}

function blockCount(value: unknown): number {
  if (typeof value !== 'object' || value === null || !('blocks' in value)) return 0;
  return Array.isArray(value.blocks) ? value.blocks.length : 0;
}

const LINE_WIDTH = 100;

/** JSON with what fits on one line on one line. Recursion is bounded by the schema: four levels. */
function written(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Array.isArray(value)
    ? value.map((entry: unknown) => ['', entry] as const)
    : Object.entries(value).map(
        ([key, entry]: [string, unknown]) => [`${JSON.stringify(key)}: `, entry] as const,
      );
  const [opening, closing] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return `${opening}${closing}`;
  const inner = `${indent}  `;
  const parts = entries.map(([key, entry]) => `${key}${written(entry, inner)}`);
  const space = Array.isArray(value) ? '' : ' ';
  const line = `${opening}${space}${parts.join(', ')}${space}${closing}`;
  // The outermost object is always opened up, and what holds objects in a list is one line each.
  const flat = indent !== '' && !line.includes('\n') && indent.length + line.length <= LINE_WIDTH;
  const ofObjects = Array.isArray(value) && value.some((entry) => typeof entry === 'object');
  if (flat && !ofObjects) return line;
  return `${opening}\n${parts.map((part) => `${inner}${part}`).join(',\n')}\n${indent}${closing}`;
}
