import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunSummaryFile, runSummaryFileSchema } from '../../shared/ipc/kept-run-schemas';
import { SUMMARY } from './run-files';

/** What a run's folder tells of it in short; null where there is nothing that can be read. */
export async function readSummary(folder: string): Promise<RunSummaryFile | null> {
  try {
    return runSummaryFileSchema.parse(JSON.parse(await readFile(join(folder, SUMMARY), 'utf8')));
  } catch {
    return null;
  }
}
