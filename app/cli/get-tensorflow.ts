import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { acquireTensorFlow } from '../../main/execute/tensorflow/acquire';
import { isTensorFlowPresent } from '../../main/execute/tensorflow/is-present';
import type { CliIo } from './cli-io';

/** How long after a failure nothing is tried again unless asked for. */
const REMEMBERED_FOR = 24 * 60 * 60 * 1000;
const failureSchema = z.object({ at: z.number(), reason: z.string() });

interface GetOptions {
  /** Try although it failed a while ago, and look whether what is here really loads. */
  readonly again?: boolean;
  readonly signal?: AbortSignal;
}

/** Where TensorFlow comes from; tests have their own. */
const source = { isPresent: isTensorFlowPresent, acquire: acquireTensorFlow };

/**
 * Fetches TensorFlow where it is missing, saying so on stderr. Nothing is fetched with HOURGLASS_NO_DOWNLOAD=1, nor
 * within a day of a failure unless `again` is set.
 *
 * @returns whether TensorFlow is here now
 * @throws Cancelled where the signal fires
 */
export async function getTensorFlow(
  io: CliIo,
  { again = false, signal }: GetOptions,
  { isPresent, acquire } = source,
): Promise<boolean> {
  const present = isPresent();
  if (present && !again) return true;
  if (io.env.HOURGLASS_NO_DOWNLOAD === '1') {
    if (!present)
      io.err('TensorFlow is not here, and HOURGLASS_NO_DOWNLOAD=1 keeps it from being fetched.\n');
    return present;
  }
  const file = join(io.cacheFolder, 'tensorflow-attempt.json');
  const before = again ? null : await rememberedFailure(file);
  if (before) {
    io.err(
      `TensorFlow could not be fetched a while ago: ${before.reason}\n  “hourglass doctor --get” tries again.\n`,
    );
    return false;
  }
  if (!present) io.err('Fetching TensorFlow, once; HOURGLASS_NO_DOWNLOAD=1 would train without it.\n');
  const result = await acquire({ onLine: (line) => io.err(`  ${line}\n`), signal });
  if (result.ok) {
    io.err(`TensorFlow: ${result.how}.\n`);
    await rm(file, { force: true });
    return true;
  }
  io.err(`TensorFlow could not be fetched: ${result.reason}\n  ${result.cure}\n`);
  await remember(file, { at: Date.now(), reason: result.reason });
  return false;
}

async function rememberedFailure(file: string): Promise<z.infer<typeof failureSchema> | null> {
  try {
    const failure = failureSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const age = Date.now() - failure.at;
    return age >= 0 && age < REMEMBERED_FOR ? failure : null;
  } catch {
    // None, or not readable: then it is simply tried.
    return null;
  }
}

async function remember(file: string, failure: z.infer<typeof failureSchema>): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomic(file, JSON.stringify(failure));
  } catch {
    // Not remembered: the next run tries again.
  }
}
