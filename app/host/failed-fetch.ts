import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../main/models/atomic-file';

/** How long after a failure nothing is tried again unless asked for. */
const REMEMBERED_FOR = 24 * 60 * 60 * 1000;

const failureSchema = z.object({ at: z.number(), reason: z.string(), cure: z.string().default('') });

/** Why TensorFlow could not be fetched, and what to do about it. */
export interface FailedFetch {
  readonly reason: string;
  readonly cure: string;
}

/** The failure of the last day, or null: a machine that cannot fetch is not to try at every start. */
export async function rememberedFailure(cacheFolder: string): Promise<FailedFetch | null> {
  try {
    const { at, ...failure } = failureSchema.parse(JSON.parse(await readFile(fileIn(cacheFolder), 'utf8')));
    const age = Date.now() - at;
    return age >= 0 && age < REMEMBERED_FOR ? failure : null;
  } catch {
    // None, or not readable: then it is simply tried.
    return null;
  }
}

export async function rememberFailure(cacheFolder: string, { reason, cure }: FailedFetch): Promise<void> {
  const file = fileIn(cacheFolder);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, JSON.stringify({ at: Date.now(), reason, cure }));
  } catch {
    // Not remembered: the next run tries again.
  }
}

export async function forgetFailure(cacheFolder: string): Promise<void> {
  await rm(fileIn(cacheFolder), { force: true }).catch(() => {});
}

function fileIn(cacheFolder: string): string {
  return join(cacheFolder, 'tensorflow-attempt.json');
}
