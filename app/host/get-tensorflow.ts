import { acquireTensorFlow } from '../../main/execute/tensorflow/acquire';
import { isTensorFlowPresent } from '../../main/execute/tensorflow/is-present';
import { type FailedFetch, forgetFailure, rememberedFailure, rememberFailure } from './failed-fetch';

export interface GetTensorFlowOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where a failure is remembered. */
  readonly cacheFolder: string;
  /** Try although it failed a while ago, and look whether what is here really loads. */
  readonly again?: boolean;
  readonly signal?: AbortSignal;
  /** Called once where something is going to be fetched. */
  readonly onBegin?: () => void;
  /** Told what goes on, a line at a time. */
  readonly onLine: (line: string) => void;
  readonly onBytes?: (done: number, total: number | null) => void;
}

export type GetTensorFlowResult =
  /** `how` it was had; null where it was there without looking. */
  | { readonly outcome: 'here'; readonly how: string | null }
  /** Not here, and HOURGLASS_NO_DOWNLOAD=1 forbids to fetch it. */
  | { readonly outcome: 'forbidden' }
  /** `remembered`: it failed within the last day, and was not tried again. */
  | ({ readonly outcome: 'failed'; readonly remembered: boolean } & FailedFetch);

/** Where TensorFlow comes from; tests have their own. */
const source = { isPresent: isTensorFlowPresent, acquire: acquireTensorFlow };
export type TensorFlowSource = typeof source;

/** Whether HOURGLASS_NO_DOWNLOAD=1 keeps anything from being fetched. */
export function mayDownload(env: Readonly<Record<string, string | undefined>>): boolean {
  return env.HOURGLASS_NO_DOWNLOAD !== '1';
}

/**
 * Fetches TensorFlow where it is missing: for the command line, and for the process that fetches it beside an open
 * window. Nothing is fetched with HOURGLASS_NO_DOWNLOAD=1, nor within a day of a failure unless `again` is set.
 *
 * @throws Cancelled where the signal fires
 */
export async function getTensorFlow(
  { env, cacheFolder, again = false, signal, onBegin, onLine, onBytes }: GetTensorFlowOptions,
  { isPresent, acquire }: TensorFlowSource = source,
): Promise<GetTensorFlowResult> {
  const present = isPresent();
  if (present && !again) return { outcome: 'here', how: null };
  if (!mayDownload(env)) return present ? { outcome: 'here', how: null } : { outcome: 'forbidden' };
  const before = again ? null : await rememberedFailure(cacheFolder);
  if (before) return { outcome: 'failed', remembered: true, ...before };
  if (!present) onBegin?.();
  const result = await acquire({ onLine, onBytes, signal });
  if (result.ok) {
    await forgetFailure(cacheFolder);
    return { outcome: 'here', how: result.how };
  }
  const failure = { reason: result.reason, cure: result.cure };
  await rememberFailure(cacheFolder, failure);
  return { outcome: 'failed', remembered: false, ...failure };
}
