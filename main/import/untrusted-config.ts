import { scanJson } from '../../shared/document/scan-json';
import { refuseHostile } from '../../shared/document/untrusted-json';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';

/**
 * Parses JSON from a file of another program: not too deep, and without names that reach into every object.
 *
 * @param what it is, for people: “config.json of model.keras”
 * @throws ProblemError
 */
export function parseConfig(text: string, what: string): unknown {
  try {
    // Python writes these three where JSON has nothing for them; no entry that is read may be one.
    const plain = text.replaceAll(/(?<=[[:,]\s*)(?:NaN|-?Infinity)(?=\s*[\],}])/g, 'null');
    scanJson(plain);
    const value: unknown = JSON.parse(plain);
    refuseHostile(value);
    return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('IMPORT_DAMAGED', { file: what, reason }));
  }
}

export function damaged(file: string, reason: string): ProblemError {
  return new ProblemError(problem('IMPORT_DAMAGED', { file, reason }));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
