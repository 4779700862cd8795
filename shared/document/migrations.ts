import { problem } from '../errors/catalogue';
import { ProblemError } from '../errors/problem';
import { DOCUMENT_VERSION } from './graph-document';

type Raw = Readonly<Record<string, unknown>>;

/** Turns a document of one version into the next. It sees checked JSON, but nothing more is known of it. */
export type Migration = (raw: Raw) => Raw;

/**
 * By the version they read. A new version of the format is: raise `DOCUMENT_VERSION`, add the step from the old
 * one here, and lay a drawing of the old version into `fixtures/` as `v<old>.hourglass`.
 */
export const migrations: Readonly<Record<number, Migration>> = {
  // 2 brought the schedule of the learning rate and early stopping; what is left out takes its default.
  1: (raw) => raw,
  // 3 brought further blocks, tasks, optimizers and forms of data; what is left out takes its default.
  2: (raw) => raw,
};

/**
 * Brings a parsed document to the present version, step by step. Throws ProblemError where it is no document, is
 * newer than this build, or is of a version that never was.
 */
export function migrate(value: unknown, steps = migrations, own: number = DOCUMENT_VERSION): Raw {
  if (!isRaw(value))
    throw notOurs(Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`);
  if (value.format !== 'hourglass') {
    throw notOurs(
      value.format === undefined ? 'none' : `"format": ${JSON.stringify(value.format).slice(0, 60)}`,
    );
  }
  let raw = value;
  let version = raw.version;
  if (typeof version === 'number' && Number.isInteger(version) && version > own) {
    throw new ProblemError(problem('DOCUMENT_NEWER', { version: `${version}`, own }, { path: 'version' }));
  }
  while (version !== own) {
    const step = typeof version === 'number' ? steps[version] : undefined;
    if (typeof version !== 'number' || !step) {
      const got = version === undefined ? 'nothing' : JSON.stringify(version).slice(0, 60);
      const expected = `a whole number from 1 to ${own}`;
      throw new ProblemError(
        problem('DOCUMENT_FIELD', { path: 'version', expected, got }, { path: 'version' }),
      );
    }
    version += 1;
    raw = { ...step(raw), version };
  }
  return raw;
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notOurs(got: string): ProblemError {
  return new ProblemError(problem('DOCUMENT_NOT_HOURGLASS', { got }, { path: 'format' }));
}
