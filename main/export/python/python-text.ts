/** What Python is written of. Nothing that a drawing says becomes code: texts of it go through `commentText` or `literal`. */

/** A value of Python's: arrays are tuples. */
export type PythonValue = string | number | boolean | null | readonly PythonValue[];

/** How a value is written; a number whose reciprocal is whole as the quotient that it is (`1 / 255`). */
export function literal(value: PythonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return text(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return number(value);
  const items = value.map(literal);
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} is no number that Python has.`);
  const reciprocal = 1 / value;
  const whole = Math.round(reciprocal);
  if (Math.abs(whole) > 1 && Math.abs(whole) < 1e6 && 1 / whole === value && String(value).length > 8)
    return `1 / ${whole}`;
  return String(value);
}

/** In double quotes, of letters that every file has: all else is written as the number of its character. */
function text(value: string): string {
  const escaped = Array.from(value, (letter) => {
    const point = letter.codePointAt(0) ?? 0;
    if (letter === '"' || letter === '\\') return `\\${letter}`;
    if (point >= 0x20 && point < 0x7f) return letter;
    return `\\U${point.toString(16).padStart(8, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

/** Text for a comment: on one line, without characters that end a line, turn its direction or can't be seen. */
export function commentText(value: string, longest = 200): string {
  const plain = value
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > longest ? `${plain.slice(0, longest).trimEnd()}…` : plain;
}

const WIDTH = 100;

/** `NAME = [1, 2, 3]`, in lines of a hundred characters. */
export function listLines(name: string, numbers: readonly number[]): string[] {
  const whole = `${name} = [${numbers.map(number).join(', ')}]`;
  if (whole.length <= WIDTH) return [whole];
  const lines = [`${name} = [`];
  let line = '   ';
  for (const value of numbers) {
    const item = ` ${number(value)},`;
    if (line.length + item.length > WIDTH) {
      lines.push(line);
      line = '   ';
    }
    line += item;
  }
  return [...lines, line, ']'];
}

/**
 * `call(a, b)` after some text and before some more, a comment behind it; its arguments on a line of their own, or on one
 * each, where it would be too long.
 */
export function callLines(before: string, args: readonly string[], after: string, comment: string): string[] {
  const whole = `${before}(${args.join(', ')})${after}`;
  const said = comment === '' ? '' : `  # ${comment}`;
  if (whole.length <= WIDTH) return [`${whole}${said}`];
  const indent = /^ */.exec(before)?.[0] ?? '';
  const inner = `${indent}    ${args.join(', ')}`;
  const lines = inner.length <= WIDTH ? [inner] : args.map((arg) => `${indent}    ${arg},`);
  return [`${before}(`, ...lines, `${indent})${after}${said}`];
}
