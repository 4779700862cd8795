import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';

/** Writes a fault with its stack into the log. @returns the reference that the user is shown and finds there */
export type FaultReport = (error: unknown, during: string) => string;

export function faultReport(log: Logger): FaultReport {
  return (error, during) => {
    const ref = randomBytes(4).toString('hex');
    log.error({ ref, during, err: error instanceof Error ? error : new Error(String(error)) }, 'fault');
    return ref;
  };
}
