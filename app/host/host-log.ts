import { rename, stat } from 'node:fs/promises';
import pino, { type Logger } from 'pino';

const LARGEST = 5 * 1024 * 1024;

/**
 * The log of the host and its engine, as JSON Lines. A large one is put aside first (`.1`), so that two at most are
 * kept. Where it can't be written, nothing is logged: the app works all the same.
 */
export async function openHostLog(file: string): Promise<Logger> {
  const options = { base: { host: process.pid }, timestamp: pino.stdTimeFunctions.isoTime };
  try {
    if ((await stat(file)).size > LARGEST) await rename(file, `${file}.1`);
  } catch {
    // There is none yet.
  }
  try {
    const destination = pino.destination({ dest: file, mkdir: true, sync: true, mode: 0o600 });
    return pino(options, destination);
  } catch {
    return pino({ ...options, enabled: false });
  }
}
