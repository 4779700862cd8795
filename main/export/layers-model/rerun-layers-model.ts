import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problem } from '../../../shared/errors/catalogue';
import { Cancelled, ProblemError } from '../../../shared/errors/problem';
import type { Tensor } from '../../execute/executor';
import { answerOfThread } from '../../threads/worker-thread';
import type { Rerun } from '../format';
import type { LayersModelJob } from './layers-model-job';

/** What of `model.json` a reader goes by. */
interface WrittenModel {
  readonly modelTopology: object;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: LayersModelJob['specs'];
  }[];
}

/** Runs a written LayersModel by tfjs-layers, in a thread. @throws ProblemError where it refuses it @throws Cancelled */
export async function rerunLayersModel(
  folder: string,
  batches: readonly Tensor[],
  signal: AbortSignal | undefined,
): Promise<Rerun> {
  const model: WrittenModel = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  const paths = model.weightsManifest.flatMap((group) => group.paths);
  const shards = await Promise.all(paths.map((path) => readFile(join(folder, path))));
  const whole = new Uint8Array(shards.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const shard of shards) {
    whole.set(shard, at);
    at += shard.length;
  }
  const job: LayersModelJob = {
    topology: model.modelTopology,
    specs: model.weightsManifest.flatMap(({ weights }) => weights),
    weights: whole,
    batches,
  };
  try {
    return await perform(job, signal);
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('EXPORT_UNREADABLE', { by: 'TensorFlow.js', detail }));
  }
}

async function perform(job: LayersModelJob, signal: AbortSignal | undefined): Promise<Rerun> {
  if (signal?.aborted) throw new Cancelled();
  const url = new URL('./layers-model-worker.mjs', import.meta.url);
  if (existsSync(fileURLToPath(url))) {
    return answerOfThread({ url, options: { workerData: job }, signal, called: 'The thread' });
  }
  // Run from sources, as tests are, there is no built thread: the work is done here.
  // Not by its name, so that the engine's own program does not hold tfjs too.
  const source = new URL('./layers-model-job.ts', import.meta.url).href;
  const { performLayersModelJob }: typeof import('./layers-model-job') = await import(source);
  return performLayersModelJob(job);
}
