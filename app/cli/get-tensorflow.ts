import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { acquireTensorFlow } from '../../main/execute/tensorflow/acquire';
import { isTensorFlowPresent } from '../../main/execute/tensorflow/is-present';
import type { CliIo } from './cli-io';

/** How long after a failure nothing is tried again unless asked for. */
const REMEMBERED_FOR = 24 * 60 * 60 * 1000;
const failureSchema = z.object({ at: z.number(), reason: z.string(), cure: z.string() });

/**
 * Fetches TensorFlow where it is missing, saying so on stderr. Nothing is fetched with HOURGLASS_NO_DOWNLOAD=1, nor
 * within a day of a failure unless `again` is set.
 *
 * @returns whether TensorFlow is here now
 * @throws Cancelled where the signal fires
 */
export async function getTensorFlow(
  io: CliIo,
  options: { again?: boolean; signal?: AbortSignal },
): Promise<boolean> {
  if (isTensorFlowPresent()) return true;
  if (io.env.HOURGLASS_NO_DOWNLOAD === '1') {
    io.err('TensorFlow is not here, and HOURGLASS_NO_DOWNLOAD=1 keeps it from being fetched.\n');
    return false;
  }
  const file = join(io.cacheFolder, 'tensorflow-attempt.json');
  const before = options.again ? null : await rememberedFailure(file);
  if (before) {
    io.err(
      `TensorFlow could not be fetched a while ago (${before.reason}) “hourglass doctor --get” tries again.\n`,
    );
    return false;
  }
  io.err('Fetching TensorFlow, once; HOURGLASS_NO_DOWNLOAD=1 would train without it.\n');
  const result = await acquireTensorFlow({
    onLine: (line) => io.err(`  ${line}\n`),
    signal: options.signal,
  });
  if (result.ok) {
    io.err(`TensorFlow is here: ${result.how}.\n`);
    await rm(file, { force: true });
    return true;
  }
  io.err(`TensorFlow could not be fetched: ${result.reason}\n  ${result.cure}\n`);
  await remember(file, { at: Date.now(), reason: result.reason, cure: result.cure });
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
