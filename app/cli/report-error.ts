import pino from 'pino';
import { Cancelled, type Problem, ProblemError } from '../../shared/errors/problem';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';

/** A Problem as text: what, where, what to do. */
export function problemText({ severity, message, hint, where }: Omit<Problem, 'code'>): string {
  const place = [
    where?.nodeId && `block ${where.nodeId}`,
    where?.param && `parameter ${where.param}`,
    where?.wireId && `wire ${where.wireId}`,
    where?.path && `at ${where.path}`,
  ].filter(Boolean);
  const title = severity === 'warning' ? 'Warning' : 'Problem';
  return `${title}${place.length > 0 ? ` (${place.join(', ')})` : ''}: ${message}\n  ${hint}\n`;
}

/**
 * Says on stderr what went wrong, with `json` also as a `failed` line on stdout.
 *
 * @returns the exit code
 */
export function reportError(error: unknown, io: CliIo, json: boolean): number {
  if (error instanceof Cancelled) {
    io.err('Interrupted.\n');
    if (json) io.out(`${JSON.stringify({ event: 'stopped', reason: 'interrupted' })}\n`);
    return EXIT.interrupted;
  }
  if (error instanceof ProblemError) {
    for (const each of error.problems) io.err(problemText(each));
    if (json) io.out(`${JSON.stringify({ event: 'failed', problems: error.problems })}\n`);
    return EXIT.problem;
  }
  const message = reportBug(error, io);
  if (json) io.out(`${JSON.stringify({ event: 'failed', problems: [], message })}\n`);
  return EXIT.problem;
}

/** Writes a fault of Hourglass itself to the log and says so in a plain sentence, which is also returned. */
export function reportBug(error: unknown, io: CliIo): string {
  const place = logged(error, io.logFile) ? ` What is known of it is in ${io.logFile}.` : '';
  const message = `Hourglass made a mistake; this is not your fault.${place}`;
  io.err(`${message}\n`);
  return message;
}

/** @returns whether it could be written */
function logged(error: unknown, file: string): boolean {
  try {
    const destination = pino.destination({ dest: file, mkdir: true, sync: true });
    pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, destination).error(
      { err: error },
      'A command failed',
    );
    return true;
  } catch {
    return false;
  }
}
