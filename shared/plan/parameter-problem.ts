import type { ParameterEntry, ParameterValue } from '../blocks/parameter';
import { problem } from '../errors/catalogue';
import type { Problem, ProblemPlace } from '../errors/problem';

/** The Problem with a parameter's value, or null. `block` is the id the sentence names. */
export function parameterProblem(
  block: string,
  entry: ParameterEntry,
  value: ParameterValue | undefined,
  where: ProblemPlace,
): Problem | null {
  // Most values are defaults, which a schema takes long to say yes to.
  if (value === entry.default || entry.schema.safeParse(value).success) return null;
  const got =
    value === undefined ? 'missing' : typeof value === 'string' ? `“${value.slice(0, 40)}”` : `${value}`;
  return problem('PARAMETER_RANGE', { block, label: entry.label, expected: expectation(entry), got }, where);
}

/** What values an entry takes, in words. */
export function expectation(entry: ParameterEntry): string {
  switch (entry.kind) {
    case 'integer':
      return `a whole number from ${entry.min} to ${entry.max}`;
    case 'number':
      return `a number from ${entry.min} to ${entry.max}`;
    case 'choice':
      return `one of ${entry.options.map((option) => option.value).join(', ')}`;
    case 'toggle':
      return 'true or false';
    case 'picture':
      return `rows of hexadecimal digits, a digit a pixel, at most ${entry.max} by ${entry.max}, divided by strokes`;
    case 'text':
      return `one to ${entry.max} of the letters A–Z, digits and ${entry.letters.replace(/[A-Z0-9\s]/g, '')}`;
  }
}
