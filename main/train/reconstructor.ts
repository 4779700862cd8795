import type { RunEvent, ShownSamples, WatchedSamples } from '../../shared/ipc/contract';
import { meanSquaredError } from '../../shared/measures/mse';
import type { Plan } from '../../shared/plan/plan';
import { decodeProblem } from '../../shared/plan/skips';
import { valueCount } from '../../shared/tensors/shape';
import { betaOf } from '../compile/code-divergence';
import { isCorrupted } from '../compile/seen-samples';
import type { Dataset, FittedScaling, SampleArray } from '../data/dataset';
import { fromPixels, type ShownRange, samplePixels, shownRange, toPixels } from '../data/sample-pixels';
import { filledRows, gatherRows, inOwnScale } from '../data/sample-rows';
import { undoScaling } from '../data/scaling';
import type { DrawKey, ModelSession, Tensor } from '../execute/executor';
import { normals } from '../random/philox';
import { ReconstructionSpacing } from './reconstruction-spacing';
import type { PreparedRun } from './run-preparation';

/** How many samples are always shown while a run goes on. */
export const WATCHED = 16;
/** How many of those that came back worst are shown beside them. */
const WORST = 4;

/** Some samples and their reconstructions, count × values, in the scale of the files. */
export interface ReconstructedValues {
  /** Rows of the training samples. */
  readonly rows: readonly number[];
  readonly originals: Float32Array;
  readonly reconstructions: Float32Array;
}

type ReconstructionsEvent = Extract<RunEvent, { kind: 'reconstructions' }>;

type Block = ReconstructionsEvent['originals'];

export interface OwnReconstruction {
  readonly pixels: Uint8Array;
  readonly mse: number;
  /** What the encoder was given, where that is not the sample itself. */
  readonly seen?: Block;
  /** Whether the drawing corrupts its samples. */
  readonly corrupts: boolean;
}

/** Shows a run's watched samples, and the user's own, through the present weights. */
export class Reconstructor {
  /** How many samples are watched, and how many the program takes at a time. */
  readonly count: number;
  /** What corrupts the watched samples is always the same, so that one sees the model change. */
  readonly #key: DrawKey;
  readonly #dtype: SampleArray['dtype'];
  readonly #rows: readonly number[];
  readonly #samples: Tensor;
  readonly #originals: Uint8Array;
  readonly #shown: ShownRange;
  readonly #scaling: FittedScaling | undefined;
  /** Codes that the decoder is asked for samples by, always the same: where the code is variational. */
  readonly #prior: Tensor | null;
  readonly #spacing = new ReconstructionSpacing();
  readonly #corrupts: boolean;
  readonly #train: SampleArray;
  readonly #validation: Int32Array;
  /** Of the validation samples, at the last evaluation; null before the first. */
  #errors: Float32Array | null = null;
  /** Places among the validation samples. */
  #pinned: readonly number[] = [];
  #worst: readonly number[] = [];
  #lastStep = -1;

  /** Watches validation samples, filled up with training samples where there are fewer than 16. */
  constructor(
    dataset: Dataset,
    { train, validation, document, plan }: Pick<PreparedRun, 'train' | 'validation' | 'document' | 'plan'>,
  ) {
    this.#key = { seed: document.training.seed, purpose: 'watching', step: 0 };
    const rows = [...validation.subarray(0, WATCHED), ...train.subarray(0, WATCHED)].slice(0, WATCHED);
    this.#rows = rows;
    this.count = rows.length;
    this.#prior = betaOf(plan) && !decodeProblem(plan) ? priorCodes(plan, rows.length, this.#key.seed) : null;
    this.#corrupts = isCorrupted(plan);
    this.#train = dataset.train;
    this.#validation = validation;
    this.#scaling = dataset.scaling;
    this.#dtype = dataset.train.dtype;
    this.#shown = shownRange(dataset.range);
    this.#samples = gatherRows(dataset.train, rows);
    this.#originals = samplePixels(dataset.train, rows, this.#shown);
  }

  /** Row numbers of the watched samples. */
  get rows(): readonly number[] {
    return this.#rows;
  }

  /** Shows these validation samples too, by their places; others than there are, are passed over. */
  pin(places: readonly number[]): void {
    const there = places.filter((place) => place < this.#validation.length);
    this.#pinned = [...new Set(there)].slice(0, Math.max(0, this.count - WORST));
  }

  /** Takes note of the validation samples' errors: those that came back worst are shown from now on. */
  noteErrors(errors: Float32Array): void {
    this.#errors = errors;
    this.#worst = largest(errors, WORST);
    // What was told after this very step may have shown others.
    this.#lastStep = -1;
  }

  /** The step after which the watched samples were last told as they would be told now, −1 where there is none. */
  get lastStep(): number {
    return this.#lastStep;
  }

  isDue(): boolean {
    return this.#spacing.isDue(performance.now());
  }

  isAllowed(): boolean {
    return this.#spacing.isAllowed(performance.now());
  }

  /** Tells the watched samples and remembers what that cost. */
  async timed(
    session: ModelSession,
    step: number,
    tell: (event: ReconstructionsEvent) => void,
  ): Promise<void> {
    const since = performance.now();
    tell(await this.watched(session, step));
    const now = performance.now();
    this.#spacing.made(now, now - since);
    this.#lastStep = step;
  }

  async watched(session: ModelSession, step: number): Promise<ReconstructionsEvent> {
    const { values, seen } = await this.#run(session, this.#samples);
    const shape = this.#samples.shape.slice(1);
    const watched = await this.further(session);
    const drawn = this.#prior && (await session.run('decode', { code: this.#prior })).outputs.reconstructions;
    return {
      kind: 'reconstructions',
      step,
      originals: { count: this.count, shape, pixels: this.#originals },
      ...(seen && { seen: this.#block(seen, this.count) }),
      reconstructions: { count: this.count, shape, pixels: toPixels(values, this.#shown) },
      ...(watched && { watched }),
      ...(drawn && { drawn: this.#block(drawn, this.count) }),
    };
  }

  /** The samples pinned and those that came back worst so far; null where there are none. */
  async further(session: ModelSession): Promise<WatchedSamples | null> {
    const pinned = this.#pinned;
    const worst = this.#worst.filter((place) => !pinned.includes(place));
    const places = [...pinned, ...worst].slice(0, this.count);
    if (places.length === 0) return null;
    const errors = this.#errors;
    return {
      places,
      pinned: pinned.length,
      ...(errors && { errors: places.map((place) => errors[place] ?? 0) }),
      ...(await this.shown(
        session,
        this.#train,
        places.map((place) => this.#validation[place] ?? 0),
      )),
    };
  }

  /** Other samples than those watched, at most as many. */
  async shown(session: ModelSession, samples: SampleArray, rows: readonly number[]): Promise<ShownSamples> {
    const chosen = rows.slice(0, this.count);
    const batch = gatherRows(samples, filledRows(Int32Array.from(chosen), this.count));
    const { values, seen } = await this.#run(session, batch);
    const { shape } = samples;
    const count = chosen.length;
    const size = count * valueCount(shape);
    return {
      originals: { count, shape: [...shape], pixels: samplePixels(samples, chosen, this.#shown) },
      ...(seen && { seen: this.#block(seen, count) }),
      reconstructions: {
        count,
        shape: [...shape],
        pixels: toPixels(values.subarray(0, size), this.#shown),
      },
    };
  }

  /** The watched samples as numbers, with the scaling undone. */
  async values(session: ModelSession): Promise<ReconstructedValues> {
    const { values } = await this.#run(session, this.#samples);
    const own = (scaled: Float32Array) => (this.#scaling ? undoScaling(this.#scaling, scaled) : scaled);
    return { rows: this.#rows, originals: own(inOwnScale(this.#samples)), reconstructions: own(values) };
  }

  /**
   * One sample of the user's own, with its mean squared error in the data's own 0–1 scale.
   *
   * @param corrupt whether it is clean, to be corrupted as the run's own are; otherwise it is given as it is
   */
  async own(session: ModelSession, pixels: Uint8Array, corrupt: boolean): Promise<OwnReconstruction> {
    const { shape } = this.#samples;
    const dtype = this.#dtype;
    const sample = fromPixels(pixels, dtype, this.#shown);
    const size = valueCount(shape.slice(1));
    const batch = dtype === 'uint8' ? new Uint8Array(size * this.count) : new Float32Array(size * this.count);
    batch.set(sample);
    const program = this.#corrupts && !corrupt ? 'restore' : 'reconstruct';
    const made = await this.#run(session, { dtype, shape, data: batch }, program);
    const values = made.values.subarray(0, size);
    const mse = meanSquaredError(values, inOwnScale({ data: sample }));
    const seen = made.seen && { seen: this.#block(made.seen, 1) };
    return { pixels: toPixels(values, this.#shown), mse, corrupts: this.#corrupts, ...seen };
  }

  async #run(
    session: ModelSession,
    batch: Tensor,
    program: 'reconstruct' | 'restore' = 'reconstruct',
  ): Promise<{ values: Float32Array; seen: Tensor | null }> {
    const { outputs } = await session.run(program, { batch }, this.#key);
    const values = outputs.reconstructions?.data;
    if (!(values instanceof Float32Array)) throw new Error(`The program “${program}” gave out no samples.`);
    return { values, seen: outputs.seen ?? null };
  }

  /** The first samples of a batch, to be shown. */
  #block({ shape: [, ...shape], data }: Tensor, count: number) {
    const values = Float32Array.from(data.subarray(0, count * valueCount(shape)));
    return { count, shape, pixels: toPixels(values, this.#shown) };
  }
}

/** The places of the largest values, the largest first. */
function largest(values: Float32Array, count: number): number[] {
  const places: number[] = [];
  values.forEach((value, place) => {
    const last = places.at(-1);
    if (places.length === count && last !== undefined && value <= (values[last] ?? 0)) return;
    const at = places.findIndex((other) => (values[other] ?? 0) < value);
    places.splice(at < 0 ? places.length : at, 0, place);
    if (places.length > count) places.pop();
  });
  return places;
}

/** Codes drawn from the standard normal, which a variational code is drawn to. */
function priorCodes({ codeShape }: Plan, count: number, seed: number): Tensor {
  const data = normals(seed, 'prior', 0, count * valueCount(codeShape));
  return { dtype: 'float32', shape: [count, ...codeShape], data };
}
