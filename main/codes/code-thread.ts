import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Cancelled } from '../../shared/errors/problem';
import { messagesOfThread } from '../threads/worker-thread';
import {
  type CodeDescription,
  type CodeJob,
  type CodeMessage,
  descriptionOf,
  performCodeJob,
} from './code-job';
import type { Codes } from './code-statistics';
import type { UmapProgress, UmapWish } from './umap-embedding';

export interface CodeThreadControl {
  readonly signal?: AbortSignal;
  /** The built `code-worker.mjs`; where nothing is said, the one beside this (built) file. */
  readonly workerUrl?: URL;
}

/** So many values are looked through in less time than a thread takes to begin: some 50 ms. */
const FEW_VALUES = 400_000;

/** Finds out how codes lie, in a thread where they are many. @throws Cancelled */
export async function describeCodes(codes: Codes, control: CodeThreadControl = {}): Promise<CodeDescription> {
  if (!control.workerUrl && codes.codes.length <= FEW_VALUES) {
    if (control.signal?.aborted) throw new Cancelled();
    return descriptionOf(codes);
  }
  let found: CodeDescription | null = null;
  await perform({ kind: 'describe', ...codes }, control, (message) => {
    if (message.kind === 'description') found = message.description;
  });
  if (!found) throw new Error('The thread of codes gave no description.');
  return found;
}

/** Lays codes out by UMAP, in a thread of low priority. @param tell the last of its stages is `done` @throws Cancelled */
export async function embedCodes(
  wish: UmapWish,
  control: CodeThreadControl,
  tell: (progress: UmapProgress) => void,
): Promise<void> {
  await perform({ kind: 'embed', ...wish }, control, (message) => {
    if (message.kind === 'embedding') tell(message.progress);
  });
}

async function perform(
  job: CodeJob,
  { signal, workerUrl }: CodeThreadControl,
  tell: (message: CodeMessage) => void,
): Promise<void> {
  if (signal?.aborted) throw new Cancelled();
  const url = workerUrl ?? new URL('./code-worker.mjs', import.meta.url);
  if (existsSync(fileURLToPath(url))) {
    const thread = { url, options: { workerData: job }, signal, called: 'The thread of codes' };
    return messagesOfThread(thread, tell);
  }
  // Run from sources, as tests are, there is no built thread: the work is done here.
  await setImmediate();
  performCodeJob(job, tell);
}
