import { problem } from '../errors/catalogue';
import { ProblemError } from '../errors/problem';
import { MAX_DEPTH } from './untrusted-json';

/**
 * Checks a text against the JSON grammar (RFC 8259) in one pass without recursion, so that a mistake is reported
 * with its line and column, whatever the engine's own parser says of it, and no depth can exhaust the stack.
 * Throws ProblemError (DOCUMENT_SYNTAX, DOCUMENT_TOO_DEEP).
 */
export function scanJson(text: string): void {
  let at = 0;
  /** The closing bracket of every open list or object. */
  const open: string[] = [];

  const fail = (expected: string, offset = at): never => {
    const got = offset >= text.length ? 'the end of the file' : `“${text.slice(offset, offset + 1)}”`;
    throw new ProblemError(problem('DOCUMENT_SYNTAX', { ...lineAndColumn(text, offset), expected, got }));
  };
  const skipSpace = () => {
    while (at < text.length && SPACE.includes(text.charAt(at))) at += 1;
  };
  const token = (pattern: RegExp, expected: string) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) fail(expected);
    else at += match[0].length;
  };
  const string = (expected: string) => {
    if (text.charAt(at) !== '"') fail(expected);
    const start = at;
    for (at += 1; text.charAt(at) !== '"'; at += 1) {
      if (at >= text.length) fail('a closing quotation mark', start);
      if (text.charAt(at) < ' ') fail('no line break or control character inside a text');
      if (text.charAt(at) === '\\') {
        ESCAPE.lastIndex = at;
        const escaped = ESCAPE.exec(text);
        if (!escaped) fail('an escape such as \\n or \\u00e9');
        else at += escaped[0].length - 1;
      }
    }
    at += 1;
  };
  const key = (expected: string) => {
    string(expected);
    skipSpace();
    if (text.charAt(at) !== ':') fail('“:” after the name');
    at += 1;
    skipSpace();
  };
  /** Reads a value's beginning; true where it is complete, false where a list or object was opened. */
  const value = (): boolean => {
    const first = text.charAt(at);
    if (first === '{' || first === '[') {
      open.push(first === '{' ? '}' : ']');
      if (open.length > MAX_DEPTH) {
        const { line, column } = lineAndColumn(text, at);
        throw new ProblemError(
          problem('DOCUMENT_TOO_DEEP', { limit: MAX_DEPTH, place: `line ${line}, column ${column}` }),
        );
      }
      at += 1;
      skipSpace();
      if (text.charAt(at) === open.at(-1)) {
        open.pop();
        at += 1;
        return true;
      }
      if (first === '{') key('a name in quotation marks or “}”');
      return false;
    }
    if (first === '"') string('a text');
    else if (first === '-' || (first >= '0' && first <= '9')) token(NUMBER, 'a number');
    else token(WORD, 'a value');
    return true;
  };

  skipSpace();
  for (;;) {
    if (!value()) continue;
    // A value is complete: close what it ends, and go on to the next one.
    for (;;) {
      skipSpace();
      const closing = open.at(-1);
      if (closing === undefined) {
        if (at < text.length) fail('the end of the file');
        return;
      }
      const next = text.charAt(at);
      if (next !== ',' && next !== closing) fail(`“,” or “${closing}”`);
      at += 1;
      if (next === ',') {
        skipSpace();
        if (closing === '}') key('a name in quotation marks');
        break;
      }
      open.pop();
    }
  }
}

const SPACE = ' \t\r\n';
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function lineAndColumn(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
