import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import { bytesOfFloats } from '../../shared/ipc/float-bytes';
import type { Exported, LayerLook, LayerSample, RunLayer } from '../../shared/ipc/layer-schemas';
import { displayName } from '../../shared/plan/display-names';
import { layerFileName } from '../../shared/plan/layer-file-names';
import type { Layer } from '../../shared/plan/plan';
import { formatShape, type Shape, valueCount } from '../../shared/tensors/shape';
import { weightName } from '../compile/lower-plan';
import { weightState } from '../compile/weight-state';
import type { SampleArray } from '../data/dataset';
import { fromPixels, type ShownRange, samplePixels, shownRange } from '../data/sample-pixels';
import { allRows, filledRows, gatherRows } from '../data/sample-rows';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import type { Go } from './evaluation';
import { openRepresentation } from './layer-export';
import { LayerHistory, type Spread } from './layer-histograms';
import { PROBED, probeLayers } from './layer-probe';
import { type LayerOutputs, LayerSession } from './layer-session';
import { layerThumbnail } from './layer-thumbnails';
import { type LayerTime, layerTimes } from './layer-times';
import { ReconstructionSpacing } from './reconstruction-spacing';
import type { PreparedRun } from './run-preparation';

/** The run's own session with its weights of now, and after how many steps and epochs they are. */
export interface PresentWeights {
  readonly session: ModelSession;
  readonly step: number;
  readonly epoch: number;
}

/** Numbers of one layer that a window is told at most: 4 MB; along the last axis the rest is cut off. */
const MOST_TOLD = 1_048_576;
/** What looks, records and probes for silent units may take of the time: together with reconstructions 3 %. */
const LOOKS = { closest: 500, share: 0.0025, shareWithEpochs: 0.0025 };
const RECORDS = { closest: 250, share: 0.005, shareWithEpochs: 0.005 };
const PROBES = { closest: 2000, share: 0.0025, shareWithEpochs: 0.0025 };
/** Weights, at most, that are copied again and again beside a run: of larger networks, layers are seen when it rests. */
const MOST_COPIED = 50_000_000;
/** How many milliseconds a run must have gone on before it is held up to measure its layers. */
const MEASURED_AFTER = 30_000;

interface Watcher {
  readonly place: number;
  readonly tell: (look: LayerLook) => void;
  /** There will be no more. */
  readonly end: () => void;
}

/** What a run's weights make of samples in every layer: told, recorded over time, written into files. */
export class RunLayers {
  readonly #history = new LayerHistory();
  readonly #looks = new ReconstructionSpacing(LOOKS);
  readonly #records = new ReconstructionSpacing(RECORDS);
  readonly #probes = new ReconstructionSpacing(PROBES);
  readonly #watchers = new Set<Watcher>();
  readonly #shown: ShownRange;
  /** Validation samples, or training samples where there are no others: rows of `dataset.train`. */
  readonly #rows: Int32Array;
  readonly #begun = performance.now();
  #session: LayerSession | null = null;
  /** Which weights the session has. */
  #taken = '';
  #changes = 0;
  /** Which weights were recorded last, and which were probed for silent units. */
  #recorded = '';
  #probed = '';
  #times: readonly LayerTime[] | null = null;
  #isMeasured = false;
  /** Whether the engine took the run's network but not its copy: then the run goes on without. */
  #isRefused = false;
  #disposed = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly executor: Executor,
    private readonly prepared: PreparedRun,
  ) {
    const { validation, train, dataset } = prepared;
    this.#rows = prepared.withoutData ? new Int32Array(0) : validation.length > 0 ? validation : train;
    this.#shown = shownRange(dataset.range);
  }

  /** The layers, and the samples that can be looked at. */
  describe(): CallResult<'run.layers'> {
    const { plan, validation } = this.prepared;
    return {
      layers: plan.layers.map(told),
      samples: this.#rows.length,
      group: validation.length > 0 ? 'validation' : 'train',
      groups: (['validation', 'test', 'train'] as const).flatMap((group) => {
        const count = this.#group(group)?.rows.length ?? 0;
        return count > 0 ? [{ group, count }] : [];
      }),
      dataShape: [...plan.outputShape],
    };
  }

  /** @throws ProblemError where the run has not all of these layers */
  expectLayers(layerIds: readonly string[]): void {
    for (const id of layerIds) this.#layer(id);
  }

  /** Some of the samples that can be looked at, as pixels. */
  samples(offset: number, count: number): CallResult<'run.layerSamples'> {
    const { train } = this.prepared.dataset;
    const rows = this.#rows.subarray(offset, offset + count);
    const labels = Array.from(rows, (row) => train.labels?.[row] ?? -1);
    return {
      count: rows.length,
      shape: [...train.shape],
      pixels: samplePixels(train, rows, this.#shown),
      labels: train.labels ? labels : [],
    };
  }

  /** What one layer gives out for one sample. @throws ProblemError where there is no such layer or sample */
  async activations(
    now: PresentWeights,
    layerId: string,
    sample: LayerSample,
  ): Promise<CallResult<'run.layerActivations'>> {
    const layer = this.#layer(layerId);
    const outputs = await this.#outputs(now, sample);
    const values = outputs.get(layerId) ?? new Float32Array();
    return { step: now.step, ...cut(values, layer.outputShape) };
  }

  /** The present weights of one layer, those it shares with another among them. @throws ProblemError as `activations` */
  async weights(now: PresentWeights, layerId: string): Promise<CallResult<'run.layerWeights'>> {
    const owned = told(this.#layer(layerId)).weights;
    const state = await now.session.state(owned.map(({ name, of }) => weightName(of, name)));
    return {
      step: now.step,
      weights: owned.map(({ name, of, shape }) => {
        const data = state.get(weightName(of, name))?.data;
        if (!(data instanceof Float32Array)) throw new Error(`The weight ${name} of ${of} has no numbers.`);
        return { name, ...cut(data, shape) };
      }),
    };
  }

  /** What was recorded of a layer over the epochs. @throws ProblemError where there is no such layer */
  history(layerId: string): CallResult<'run.layerHistory'> {
    this.#layer(layerId);
    return {
      samples: Math.min(PROBED, this.#rows.length),
      records: this.#history.of(layerId).map(({ weights, activations, silent, ...when }) => ({
        ...when,
        activations: plainSpread(activations),
        weights: [...weights].map(([name, spread]) => ({ name, spread: plainSpread(spread) })),
        silent: silent && [...silent],
      })),
    };
  }

  /**
   * Tells looks at the sample of this place from now on.
   *
   * @param end called when the run's weights are let go
   * @returns what ends it
   */
  watch(place: number, tell: (look: LayerLook) => void, end: () => void): () => void {
    if (this.#disposed) throw new ProblemError(problem('RUN_NOT_READY', undefined));
    const watcher = { place: Math.min(place, this.#rows.length - 1), tell, end };
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Whether a copy of the network goes along with the run. */
  get #goesAlong(): boolean {
    return !this.#isRefused && this.prepared.plan.parameterCount <= MOST_COPIED;
  }

  /** At a step border: whether somebody watches and a look is due. */
  get isDue(): boolean {
    return this.#watchers.size > 0 && this.#goesAlong && this.#looks.isDue(performance.now());
  }

  /**
   * Tells all who watch.
   *
   * @param rests whether no training is held up by it
   * @throws ProblemError where the engine refuses a copy of the network
   */
  async look(now: PresentWeights, rests = false): Promise<void> {
    if (this.#watchers.size === 0 || this.#rows.length === 0) return;
    const since = performance.now();
    for (const place of new Set([...this.#watchers].map((watcher) => watcher.place))) {
      const look = await this.#lookAt(now, place);
      for (const watcher of this.#watchers) if (watcher.place === place) watcher.tell(look);
    }
    const end = performance.now();
    this.#looks.made(end, end - since);
    if (!this.#isMeasured && (rests || end - this.#begun > MEASURED_AFTER)) {
      if (await this.#measure(now)) await this.look(now);
    }
  }

  /**
   * At the end of an epoch: records how everything is spread, unless that would take too much of the time.
   *
   * @throws ProblemError as `look`
   */
  async record(now: PresentWeights, always = false): Promise<void> {
    if (!this.#goesAlong || (!always && !this.#records.isAllowed(performance.now()))) return;
    const weightsOf = `${now.step}/${this.#changes}`;
    if (this.#recorded === weightsOf && !(always && this.#probed !== weightsOf)) return;
    const since = performance.now();
    const forSilence = always || this.#probes.isAllowed(since);
    await this.#inTurn(async () => {
      const { plan, dataset, document } = this.prepared;
      const weights = await this.#weightsOf(now);
      const session = await this.#fresh(now, weights);
      const probe = { samples: dataset.train, rows: this.#rows, seed: document.training.seed, forSilence };
      this.#history.add(await probeLayers(session, plan, probe, weights, now));
    });
    this.#recorded = weightsOf;
    if (forSilence) this.#probed = weightsOf;
    const end = performance.now();
    (forSilence ? this.#probes : this.#records).made(end, end - since);
  }

  /** What its values are named after in a table: the layer's name, where somebody gave it one. */
  #nameOf(layerId: string): string | null {
    const { document } = this.prepared;
    return displayName(document, layerId) === layerId ? null : layerFileName(document, layerId);
  }

  /** The weights were changed by something other than a step. */
  changed(): void {
    this.#changes += 1;
  }

  /**
   * Writes what a layer gives out into a file, for one sample or for a whole group.
   *
   * @returns null where `go` said no; nothing is left of the file then
   * @throws ProblemError as `activations`, and where the file can't be written
   */
  async export(
    now: PresentWeights,
    layerId: string,
    exported: Exported,
    path: string,
    go: Go,
  ): Promise<CallResult<'run.exportLayer'> | null> {
    const { outputShape: shape } = this.#layer(layerId);
    const group = exported.kind === 'group' ? this.#group(exported.group) : null;
    if (exported.kind === 'group' && !group) throw new ProblemError(problem('SAMPLES_NONE', exported));
    const rows = group?.rows.length ?? 1;
    // A session of its own: the weights stay those of this moment, and the run goes on.
    const session = group ? await this.#open(await this.#weightsOf(now)) : null;
    try {
      const labelled =
        exported.kind !== 'own' && (group?.samples ?? this.prepared.dataset.train).labels !== null;
      const writer = await openRepresentation({ path, shape, rows, labelled, name: this.#nameOf(layerId) });
      try {
        if (!session || !group) {
          const outputs = exported.kind === 'group' ? null : await this.#outputs(now, exported);
          const row = exported.kind === 'place' ? (this.#rows[exported.place] ?? 0) : 0;
          const label = labelled ? [this.prepared.dataset.train.labels?.[row] ?? -1] : null;
          await writer.write(outputs?.get(layerId) ?? new Float32Array(), [row], label);
        } else if (!(await writeGroup(session, layerId, group, valueCount(shape), writer, go))) {
          await writer.abandon();
          return null;
        }
        await writer.finish();
      } catch (error) {
        await writer.abandon();
        throw error;
      }
    } finally {
      await session?.dispose();
    }
    return { path, rows, shape: [...shape] };
  }

  /** Lets go of the copy of the network; the next look makes another. */
  release(): Promise<void> {
    return this.#inTurn(async () => {
      const session = this.#session;
      this.#session = null;
      await session?.dispose();
    });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const { end } of this.#watchers) end();
    this.#watchers.clear();
    await this.#last;
    await this.#session?.dispose();
    this.#session = null;
  }

  async #lookAt(now: PresentWeights, place: number): Promise<LayerLook> {
    const { layers } = this.prepared.plan;
    const outputs = await this.#outputs(now, { kind: 'place', place });
    const made = layers.map((layer) =>
      layerThumbnail(layer, outputs.get(layer.id) ?? new Float32Array(), this.#shown),
    );
    const pixels = new Uint8Array(made.reduce((sum, each) => sum + each.pixels.length, 0));
    let at = 0;
    for (const each of made) {
      pixels.set(each.pixels, at);
      at += each.pixels.length;
    }
    const silent = [...(this.#history.lastProbed ?? [])].flatMap(([id, record]) =>
      record.silent
        ? [
            {
              id,
              places: [...record.silent],
              units: layers.find((layer) => layer.id === id)?.outputShape.at(-1) ?? 0,
            },
          ]
        : [],
    );
    return {
      step: now.step,
      thumbnails: made.map(({ thumbnail }) => thumbnail),
      pixels,
      silent,
      samples: Math.min(PROBED, this.#rows.length),
      times: this.#times && [...this.#times],
    };
  }

  /** @returns whether there is something new to tell */
  async #measure(now: PresentWeights): Promise<boolean> {
    this.#isMeasured = true;
    return this.#inTurn(async () => {
      if (this.#disposed) return false;
      const weights = await this.#weightsOf(now);
      const go = async () => !this.#disposed;
      // A layer that can't be measured by itself costs nobody their run.
      this.#times = await layerTimes(this.executor, this.prepared, weights, go).catch(() => null);
      return this.#times !== null && !this.#disposed;
    });
  }

  #outputs(now: PresentWeights, sample: LayerSample): Promise<LayerOutputs> {
    const tensor = this.#sampleTensor(sample);
    return this.#inTurn(async () => {
      const session = await this.#fresh(now);
      return session.sample(tensor, sample.kind === 'own' ? 'as-they-are' : 'as-evaluated');
    });
  }

  #sampleTensor(sample: LayerSample): Tensor {
    const { train } = this.prepared.dataset;
    if (sample.kind === 'place') {
      const row = this.#rows[sample.place];
      if (this.prepared.withoutData) throw new ProblemError(problem('RUN_WITHOUT_DATA', undefined));
      if (row === undefined) {
        const values = { place: sample.place + 1, samples: this.#rows.length };
        throw new ProblemError(problem('SAMPLE_UNKNOWN', values));
      }
      return gatherRows(train, [row]);
    }
    const expected = valueCount(train.shape);
    if (sample.pixels.length !== expected) {
      const values = { expected, shape: formatShape(train.shape), got: sample.pixels.length };
      throw new ProblemError(problem('SAMPLE_LENGTH', values));
    }
    const data = fromPixels(sample.pixels, train.dtype, this.#shown);
    return { dtype: train.dtype, shape: [1, ...train.shape], data };
  }

  /** The session with the present weights. */
  async #fresh(now: PresentWeights, weights?: ReadonlyMap<string, Tensor>): Promise<LayerSession> {
    const wanted = `${now.step}/${this.#changes}`;
    if (this.#session && this.#taken === wanted) return this.#session;
    const present = weights ?? (await this.#weightsOf(now));
    if (this.#session) await this.#session.take(present);
    else this.#session = await this.#open(present);
    this.#taken = wanted;
    return this.#session;
  }

  async #open(weights: ReadonlyMap<string, Tensor>): Promise<LayerSession> {
    try {
      return await LayerSession.open(this.executor, this.prepared, weights);
    } catch (error) {
      this.#isRefused = error instanceof ProblemError;
      throw error;
    }
  }

  #weightsOf({ session }: PresentWeights): Promise<Map<string, Tensor>> {
    return session.state(weightState(this.prepared.plan).map(({ name }) => name));
  }

  #layer(layerId: string): Layer {
    const layer = this.prepared.plan.layers.find(({ id }) => id === layerId);
    if (!layer) throw new ProblemError(problem('LAYER_UNKNOWN', { layer: layerId }));
    return layer;
  }

  #group(name: 'validation' | 'test' | 'train'): { samples: SampleArray; rows: Int32Array } | null {
    const { dataset, train, validation, withoutData } = this.prepared;
    if (withoutData) return null;
    if (name === 'test') return dataset.test && { samples: dataset.test, rows: allRows(dataset.test) };
    return { samples: dataset.train, rows: name === 'train' ? train : validation };
  }

  /** Taking weights over and running with them are one thing: they wait for each other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#disposed) return Promise.reject(new ProblemError(problem('RUN_NOT_READY', undefined)));
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function told({
  id,
  type,
  half,
  inputShape,
  outputShape,
  activation,
  weights,
  shared,
  parameterCount,
}: Layer): RunLayer {
  const own = weights.map(({ name, shape }) => ({ name, shape: [...shape], of: id, transposed: false }));
  const others = (shared?.weights ?? []).map(({ name, shape }) => ({
    ...{ name, shape: [...shape], of: shared?.layerId ?? id, transposed: true },
  }));
  return {
    ...{ id, type, half, activation, parameterCount, weights: [...others, ...own] },
    inputShape: [...inputShape],
    outputShape: [...outputShape],
  };
}

/** As many places along the last axis as a window is told. */
function cut(values: Float32Array, shape: Shape): { shape: number[]; values: Uint8Array; of: number } {
  const last = shape.at(-1) ?? 1;
  const others = valueCount(shape) / last;
  const kept = Math.max(1, Math.min(last, Math.floor(MOST_TOLD / others)));
  const rest = shape.slice(0, -1);
  if (kept === last) return { shape: [...shape], values: bytesOfFloats(values), of: last };
  const part = new Float32Array(others * kept);
  for (let row = 0; row < others; row++) part.set(values.subarray(row * last, row * last + kept), row * kept);
  return { shape: [...rest, kept], values: bytesOfFloats(part), of: last };
}

function plainSpread({ counts, ...figures }: Spread) {
  return { ...figures, counts: Array.from(counts) };
}

async function writeGroup(
  session: LayerSession,
  layerId: string,
  { samples, rows }: { readonly samples: SampleArray; readonly rows: Int32Array },
  size: number,
  writer: Awaited<ReturnType<typeof openRepresentation>>,
  go: Go,
): Promise<boolean> {
  const { batchSize } = session;
  for (let start = 0; start < rows.length; start += batchSize) {
    if (!(await go())) return false;
    const present = rows.subarray(start, start + batchSize);
    const outputs = await session.batch(
      gatherRows(samples, filledRows(present, batchSize)),
      start / batchSize,
    );
    const values = outputs.get(layerId)?.subarray(0, present.length * size) ?? new Float32Array();
    const labels = samples.labels && present.map((row) => samples.labels?.[row] ?? -1);
    await writer.write(values, present, labels);
  }
  return true;
}
