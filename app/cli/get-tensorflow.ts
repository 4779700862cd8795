import { getTensorFlow as get, type TensorFlowSource } from '../host/get-tensorflow';
import type { CliIo } from './cli-io';

interface GetOptions {
  /** Try although it failed a while ago, and look whether what is here really loads. */
  readonly again?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Fetches TensorFlow where it is missing and may be fetched, saying so on stderr.
 *
 * @returns whether TensorFlow is here now
 * @throws Cancelled where the signal fires
 */
export async function getTensorFlow(
  io: CliIo,
  options: GetOptions,
  source?: TensorFlowSource,
): Promise<boolean> {
  const { env, cacheFolder } = io;
  const result = await get(
    {
      ...options,
      env,
      cacheFolder,
      onBegin: () => io.err('Fetching TensorFlow, once; HOURGLASS_NO_DOWNLOAD=1 would train without it.\n'),
      onLine: (line) => io.err(`  ${line}\n`),
    },
    source,
  );
  switch (result.outcome) {
    case 'here':
      if (result.how !== null) io.err(`TensorFlow: ${result.how}.\n`);
      return true;
    case 'forbidden':
      io.err('TensorFlow is not here, and HOURGLASS_NO_DOWNLOAD=1 keeps it from being fetched.\n');
      return false;
    case 'failed':
      io.err(
        result.remembered
          ? `TensorFlow could not be fetched a while ago: ${result.reason}\n  “hourglass doctor --get” tries again.\n`
          : `TensorFlow could not be fetched: ${result.reason}\n  ${result.cure}\n`,
      );
      return false;
  }
}
