import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { documentHash } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { type StartedFrom, startedFromSchema } from '../../shared/ipc/start-schemas';
import type { EngineName, Tensor } from '../execute/executor';
import type { EpochRecord } from './epoch-record';
import type { SafetensorsContent } from './read-safetensors';
import { type SafetensorsPieces, safetensorsPieces } from './safetensors';

/** What was done of the epoch that is going on. */
export interface EpochProgress {
  readonly batches: number;
  /** Σ loss · samples of these. */
  readonly lossSum: number;
  readonly milliseconds: number;
  /** What the losses are sums of, added up likewise, and over how many samples. */
  readonly terms: Readonly<Record<string, number>>;
  readonly termSamples: number;
}

/** Where a run stood, but for its weights. */
export interface RunProgress {
  /** Of the drawing, wherever its data lie. */
  readonly documentHash: string;
  /** The fingerprint of the data. */
  readonly data: string;
  /** What computed it: other engines, versions and numbers of threads round otherwise. */
  readonly engine: { readonly name: EngineName; readonly version: string; readonly threads: number };
  readonly step: number;
  /** Of training so far, without pauses. */
  readonly seconds: number;
  readonly epochs: readonly EpochRecord[];
  readonly within: EpochProgress;
  /** The epoch that early stopping would go back to; null where it keeps none. */
  readonly bestEpoch: number | null;
  /** The epoch at which early stopping had ended the run, before it was gone on with: its patience is counted from there. */
  readonly patienceSince?: number;
  /** Where its first weights came from, if they were not fresh. */
  readonly startedFrom?: StartedFrom;
}

/**
 * A checkpoint of a run that came to its end, as more epochs go on from it: where early stopping had ended it, that waits anew.
 *
 * @param epochs how many the run was asked for
 */
export function trainableOn(progress: RunProgress, epochs: number): RunProgress {
  const [done, last] = [epochsOfWhole(progress), progress.epochs.at(-1)];
  return done < epochs && last ? { ...progress, patienceSince: last.epoch } : progress;
}

/** Epochs done, but for those of pre-training. */
export function epochsOfWhole({ epochs }: Pick<RunProgress, 'epochs'>): number {
  return epochs.filter(({ stage }) => stage === undefined).length;
}

/** What a run came from: one of another origin would not go on bit for bit. */
export type RunOrigin = Pick<RunProgress, 'documentHash' | 'data' | 'engine'>;

/** All that a run needs to go on bit for bit: random numbers and the order of samples follow from seed and step. */
export interface Checkpoint {
  readonly progress: RunProgress;
  /** Every state tensor: weights, what the optimizer keeps, running means. */
  readonly state: ReadonlyMap<string, Tensor>;
  /** The state after the best epoch, where there is one. */
  readonly bestState: ReadonlyMap<string, Tensor> | null;
  /** Of every step, where whoever keeps the checkpoint has them. */
  readonly losses?: Float32Array;
  /** Where the losses of a long run were thinned out: the last step that each stands for. */
  readonly lossSteps?: Int32Array;
}

const number = z.number();
export const epochRecordSchema: z.ZodType<EpochRecord> = z.strictObject({
  epoch: z.int().min(1),
  step: z.int().min(1),
  stage: z.string().optional(),
  trainLoss: number,
  validation: z
    .strictObject({
      mse: number,
      loss: number,
      divergence: z.array(number).optional(),
      terms: z.record(z.string(), number).optional(),
    })
    .nullable(),
  terms: z.record(z.string(), number).optional(),
  activity: z
    .strictObject({
      layer: z.string(),
      mean: number,
      units: z.int(),
      from: number,
      to: number,
      share: number,
    })
    .optional(),
  samplesPerSecond: number,
});
export const progressSchema: z.ZodType<RunProgress> = z.strictObject({
  documentHash: z.string(),
  data: z.string(),
  engine: z.strictObject({ name: z.enum(['tensorflow', 'onnx']), version: z.string(), threads: z.int() }),
  step: z.int().min(0),
  seconds: number.min(0).default(0),
  epochs: z.array(epochRecordSchema),
  within: z.strictObject({
    batches: z.int().min(0),
    lossSum: number,
    milliseconds: number,
    terms: z.record(z.string(), number),
    termSamples: z.int().min(0),
  }),
  bestEpoch: z.int().min(1).nullable(),
  patienceSince: z.int().min(1).optional(),
  startedFrom: startedFromSchema.optional(),
});

/** Of the layout of what follows, in the file's metadata. */
const VERSION = '1';
/** Before the names of tensors that are no state; no layer's name begins so. */
const BEST = '@best/';
const LOSSES = '@losses';
const LOSS_STEPS = '@lossSteps';
/** Bytes hashed at a time. */
const DIGESTED = 8 * 1024 * 1024;

/**
 * A checkpoint as a safetensors file, piece by piece: the tensors by name, those of the best epoch after `@best/`, losses and
 * progress. It must stay as it is until the last piece is taken.
 */
export async function checkpointPieces({
  progress,
  state,
  bestState,
  losses,
  lossSteps,
}: Checkpoint): Promise<SafetensorsPieces> {
  const tensors = new Map<string, Tensor>(state);
  for (const [name, tensor] of bestState ?? []) tensors.set(`${BEST}${name}`, tensor);
  if (losses) tensors.set(LOSSES, { dtype: 'float32', shape: [losses.length], data: losses });
  if (lossSteps) tensors.set(LOSS_STEPS, { dtype: 'int32', shape: [lossSteps.length], data: lossSteps });
  const text = JSON.stringify(progress);
  const sha256 = await digest(text, tensors);
  return safetensorsPieces(tensors, { checkpoint: VERSION, progress: text, sha256 });
}

/**
 * What a file of a checkpoint says, as it was read.
 *
 * @throws Error that says what is wrong where it is not whole, to the last bit
 */
export async function checkpointFrom({ tensors, metadata }: SafetensorsContent): Promise<Checkpoint> {
  const { checkpoint, progress = '', sha256 } = metadata;
  if (checkpoint !== VERSION) throw new Error('it is no checkpoint of this version of Hourglass');
  if (sha256 !== (await digest(progress, tensors))) throw new Error('its checksum does not match');
  const [state, bestState] = [new Map<string, Tensor>(), new Map<string, Tensor>()];
  let losses: Float32Array | undefined;
  let lossSteps: Int32Array | undefined;
  for (const [name, tensor] of tensors) {
    if (name === LOSSES && tensor.data instanceof Float32Array) losses = tensor.data;
    else if (name === LOSS_STEPS && tensor.data instanceof Int32Array) lossSteps = tensor.data;
    else if (name.startsWith(BEST)) bestState.set(name.slice(BEST.length), tensor);
    else state.set(name, tensor);
  }
  const parsed = progressSchema.safeParse(JSON.parse(progress));
  if (!parsed.success) throw new Error('it says what no run does');
  const best = bestState.size > 0 ? bestState : null;
  const told = { ...(losses && { losses }), ...(lossSteps && { lossSteps }) };
  return { progress: parsed.data, state, bestState: best, ...told };
}

/**
 * Where a run was, once it is certain that another of this origin goes on from there bit for bit.
 *
 * @throws ProblemError CHECKPOINT_OTHER_DRAWING, CHECKPOINT_OTHER_DATA, CHECKPOINT_OTHER_ENGINE
 */
export function checkedAgainst(
  progress: RunProgress,
  { documentHash, data, engine }: RunOrigin,
): RunProgress {
  if (progress.documentHash !== documentHash) {
    throw new ProblemError(problem('CHECKPOINT_OTHER_DRAWING', undefined));
  }
  if (progress.data !== data) throw new ProblemError(problem('CHECKPOINT_OTHER_DATA', undefined));
  const [was, is] = [engineText(progress.engine), engineText(engine)];
  if (was !== is) throw new ProblemError(problem('CHECKPOINT_OTHER_ENGINE', { was, is }));
  return progress;
}

/** All of an engine on which it depends how it rounds, as people read it. */
export function engineText({ name, version, threads }: RunProgress['engine']): string {
  return `${name} ${version} with ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/** The hash of a drawing, wherever its data lie. */
export function drawingHash(document: GraphDocument): string {
  const { data } = document;
  return documentHash('path' in data ? { ...document, data: { ...data, path: '' } } : document);
}

/** In pieces, between which whatever else waits has its turn. */
async function digest(progress: string, tensors: ReadonlyMap<string, Tensor>): Promise<string> {
  const hash = createHash('sha256').update(progress);
  for (const [name, { dtype, shape, data }] of tensors) {
    hash.update(`${name} ${dtype} ${shape.join('×')}`);
    for (let at = 0; at < data.byteLength; at += DIGESTED) {
      if (at > 0) await setImmediate();
      const length = Math.min(DIGESTED, data.byteLength - at);
      hash.update(new Uint8Array(data.buffer, data.byteOffset + at, length));
    }
  }
  return hash.digest('hex');
}
