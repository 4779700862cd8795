import type { z } from 'zod';
import { blockOf, blocks } from '../blocks/catalogue';
import { problem } from '../errors/catalogue';
import type { Problem, ProblemPlace } from '../errors/problem';
import { expectation } from '../plan/parameter-problem';

type Issue = z.core.$ZodIssue;

/** Turns what a schema found into Problems that name the path, what was expected and what came. */
export function schemaProblems(issues: readonly Issue[], value: unknown): Problem[] {
  return issues.flatMap((issue) => issueProblems(issue, value));
}

function issueProblems(issue: Issue, root: unknown): Problem[] {
  const got = valueAt(root, issue.path);
  const path = issue.path.map(String).join('.') || 'the drawing';
  const where = placeOf(issue.path, root);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path, root);
    return issue.keys.map((key) =>
      problem(
        'DOCUMENT_UNKNOWN_KEY',
        { path, key: short(key), known },
        { ...where, path: [...issue.path.map(String), short(key)].join('.') },
      ),
    );
  }
  if (issue.path[0] === 'blocks' && issue.path.at(-1) === 'type' && issue.path.length === 3) {
    const known = blocks.map(({ type }) => type).join(', ');
    return [problem('UNKNOWN_BLOCK', { type: described(got), known }, where)];
  }
  return [problem('DOCUMENT_FIELD', { path, expected: expected(issue, root), got: described(got) }, where)];
}

function expected(issue: Issue, root: unknown): string {
  const entry = entryAt(issue.path, root);
  if (entry) return expectation(entry);
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_NAMES[issue.expected] ?? issue.expected;
    case 'too_small':
      return bound(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum);
    case 'too_big':
      return bound(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum);
    case 'invalid_value':
      return issue.values.length === 1
        ? described(issue.values[0])
        : `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return 'an id of small letters, digits and hyphens that begins with a letter and is not reserved';
    case 'invalid_union':
      return issue.discriminator ? `a known “${issue.discriminator}”` : 'a number, a text, true or false';
    case 'invalid_key':
      return 'ids of blocks, twins (′) or “output” as names';
    default:
      return issue.message;
  }
}

/** The parameter a path leads to, if it does. */
function entryAt([section, index, part, name, ...deeper]: readonly PropertyKey[], root: unknown) {
  if (section !== 'blocks' || part !== 'params' || name === undefined || deeper.length > 0) return undefined;
  const type = valueAt(root, [section, index ?? 0, 'type']);
  return typeof type === 'string' ? blockOf(type)?.params[String(name)] : undefined;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function bound(origin: string, words: string, limit: number | bigint): string {
  if (origin === 'array') return `${words} ${limit} entries`;
  if (origin === 'string') return `${words} ${limit} characters`;
  return `${origin === 'int' ? 'a whole number of ' : 'a number of '}${words} ${limit}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** A value in a sentence: short, whatever it is. */
function described(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `“${short(value)}”`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

function short(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

/** Finds the node and the parameter a path of the file belongs to. */
function placeOf(path: readonly PropertyKey[], root: unknown): ProblemPlace {
  const [section, index, part, param] = path;
  const place: ProblemPlace = { path: path.map(String).join('.') };
  if (section === 'blocks' && index !== undefined) {
    const nodeId = valueAt(root, ['blocks', index, 'id']);
    const named = typeof nodeId === 'string' ? { nodeId: short(nodeId) } : {};
    return {
      ...place,
      ...named,
      ...(part === 'params' && param !== undefined ? { param: String(param) } : {}),
    };
  }
  if (section === 'skips' && index !== undefined) return { ...place, nodeId: short(String(index)) };
  if (section === 'output') return { ...place, nodeId: 'output', ...(index ? { param: String(index) } : {}) };
  if (section === 'training' && index !== undefined) return { ...place, param: String(path.at(-1)) };
  return place;
}

const KNOWN_KEYS: Readonly<Record<string, string>> = {
  '': 'format, version, name, task, data, blocks, wires, output, decoder, skips, tied, training, groups, notes, layout',
  training:
    'optimizer, learningRate, schedule, batchSize, epochs, patience, pretraining, clipNorm, validationShare, seed',
  output: 'activation, loss',
  wires: 'from, to',
  layout: 'x, y',
  groups: 'id, name, blocks, collapsed',
  notes: 'id, text, colour, x, y, width, height',
  blocks: 'id, type, name, params',
};

function knownKeys(path: readonly PropertyKey[], root: unknown): string {
  if (path[0] === 'blocks' && path[2] === 'params') {
    const type = valueAt(root, [...path.slice(0, 2), 'type']);
    const definition = typeof type === 'string' ? blockOf(type) : undefined;
    return Object.keys(definition?.params ?? {}).join(', ') || 'none';
  }
  return KNOWN_KEYS[String(path[0] ?? '')] ?? 'those of docs/document-format.md';
}
