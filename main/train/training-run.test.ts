import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GraphDocument, TrainingSettings } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import type { RunEvent } from '../../shared/ipc/contract';
import type { Dataset } from '../data/dataset';
import type { Executor, ModelSession } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import { createTensorFlowExecutor } from '../execute/tensorflow/tensorflow-executor';
import { uniforms } from '../random/philox';
import { TrainingRun, type TrainingRunOptions } from './training-run';

const SIDE = 6;

/** Small pictures of one bright bar on dark ground, with a little noise. */
function bars(count: number): Dataset['train'] {
  const size = SIDE * SIDE;
  const places = uniforms(7, 'bars', 0, count);
  const noise = uniforms(7, 'noise', 0, count * size);
  const values = new Uint8Array(count * size);
  for (let i = 0; i < values.length; i++) {
    const row = Math.floor(i / SIDE) % SIDE;
    const bright = row === Math.floor(places[Math.floor(i / size)]! * SIDE);
    values[i] = (bright ? 200 : 10) + noise[i]! * 40;
  }
  return { dtype: 'uint8', count, shape: [SIDE, SIDE, 1], values, labels: null };
}

function dataset(count: number, testCount = 0): Dataset {
  return {
    name: 'Bars',
    train: bars(count),
    test: testCount > 0 ? bars(testCount) : null,
    labelNames: null,
    range: [0, 1],
    fingerprint: 'bars',
    notes: [],
  };
}

function drawing(training: Partial<TrainingSettings> = {}): GraphDocument {
  const empty = emptyDocument();
  return {
    ...empty,
    blocks: [
      newBlock('input', 'input'),
      newBlock('dense', 'dense-1', { units: 24 }),
      newBlock('code', 'code', { size: 6 }),
    ],
    wires: [
      { from: 'input', to: 'dense-1' },
      { from: 'dense-1', to: 'code' },
    ],
    training: { ...empty.training, batchSize: 16, epochs: 3, learningRate: 0.01, ...training },
  };
}

interface Setup {
  readonly executor: Executor;
  readonly document?: GraphDocument;
  readonly data?: Dataset;
  readonly options?: TrainingRunOptions;
  /** Called for each event, for instance to stop. */
  watch?(event: RunEvent, run: TrainingRun): void;
}

const open: TrainingRun[] = [];
afterEach(async () => {
  for (const run of open.splice(0)) await run.dispose();
});

function prepare({ executor, document = drawing(), data = dataset(200), options, watch }: Setup) {
  const events: RunEvent[] = [];
  const run: TrainingRun = new TrainingRun({
    document,
    dataset: data,
    executor,
    onEvent(event) {
      events.push(event);
      watch?.(event, run);
    },
    options: { pca: false, ...options },
  });
  open.push(run);
  return { run, events };
}

async function trained(setup: Setup) {
  const { run, events } = prepare(setup);
  run.start();
  const ending = await run.finished;
  const losses = lossesOf(events);
  expect(run.history().steps).toBe(losses.length);
  return { run, events, ending, losses };
}

const ofKind = <K extends RunEvent['kind']>(events: readonly RunEvent[], kind: K) =>
  events.filter((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);

const lossesOf = (events: readonly RunEvent[]) => ofKind(events, 'progress').flatMap((event) => event.losses);

/** An executor that notes the rows of every training step. */
function noting(executor: Executor) {
  const steps: number[][] = [];
  const spy: Executor = {
    describe: () => executor.describe(),
    parts: executor.parts,
    partsApart: executor.partsApart,
    async load(...args) {
      const session = await executor.load(...args);
      const noted: ModelSession = {
        run(program, feeds) {
          if (program.startsWith('step')) steps.push([...(feeds.indices?.data ?? [])]);
          return session.run(program, feeds);
        },
        state: (names) => session.state(names),
        setState: (state) => session.setState(state),
        dispose: () => session.dispose(),
      };
      return noted;
    },
  };
  return { spy, steps };
}

const engines = enginesHere('training');

/** A table of two columns with very different units, of two kinds of rows. */
function table(): Dataset {
  const count = 120;
  const noise = uniforms(3, 'table', 0, count * 2);
  const labels = Int32Array.from({ length: count }, (_, row) => (row % 4 === 3 ? 2 : 1));
  const values = Float32Array.from(noise, (value, index) =>
    index % 2 === 0 ? 1000 + 200 * value : value / 50,
  );
  return {
    name: 'table.csv',
    train: { dtype: 'float32', count, shape: [2], values, labels },
    test: null,
    labelNames: null,
    range: [0, 1200],
    columns: { all: ['class', 'mass', 'share, relative'], used: ['mass', 'share, relative'] },
    fingerprint: 'table',
    notes: [],
  };
}

function tableDrawing(): GraphDocument {
  const base = drawing();
  return {
    ...base,
    data: {
      kind: 'table',
      path: 'table.csv',
      label: 'first',
      series: false,
      scaling: 'standardise',
      shape: [2],
      filter: { include: ['1'], heldOut: 0.2 },
    },
    output: { activation: 'linear', loss: 'mse' },
  };
}

describe.each(engines)('a training run on %s', (_, createExecutor) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await createExecutor();
  });

  it('trains on the samples that the filter chose, in the scale they were fitted to, and undoes it on output', async () => {
    const { spy, steps } = noting(executor);
    const data = table();
    const { run, ending } = await trained({ executor: spy, document: tableDrawing(), data });
    expect(ending.kind).toBe('completed');
    const seen = [...new Set(steps.flat())];
    // 90 rows of label 1, of which 18 are held out and a tenth of the others validates.
    expect(seen).toHaveLength(65);
    for (const row of seen) expect(data.train.labels?.[row]).toBe(1);
    expect(run.summary().scaling).toBe('standardise');
    const scaled = run.dataset.scaling;
    expect(scaled?.offset[0]).toBeCloseTo(1100, -2);
    expect(scaled?.factor).toHaveLength(2);

    const { rows, originals, reconstructions } = await run.reconstructedValues();
    for (const [sample, row] of rows.entries()) {
      for (const column of [0, 1]) {
        const own = data.train.values[2 * row + column]!;
        expect(originals[2 * sample + column]! / own).toBeCloseTo(1, 5);
      }
      // The first column is in the thousands again, however well it was learned.
      expect(reconstructions[2 * sample]!).toBeGreaterThan(800);
    }
  });

  it('learns, and tells it in the order agreed', async () => {
    const { events, ending, losses, run } = await trained({ executor, data: dataset(200, 37) });
    expect(ending.kind).toBe('completed');
    if (ending.kind === 'failed') return;
    expect(losses).toHaveLength(3 * Math.ceil(180 / 16));
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
    expect(events[0]).toMatchObject({
      kind: 'started',
      run: {
        state: 'running',
        epochs: 3,
        stepsPerEpoch: 12,
        parameterCount: 36 * 24 + 24 + 24 * 6 + 6 + 6 * 24 + 24 + 24 * 36 + 36,
        scaling: 'none',
      },
    });
    expect(events.at(-1)).toBe(ending);
    let step = 0;
    for (const event of ofKind(events, 'progress')) {
      expect(event.firstStep).toBe(step + 1);
      step += event.losses.length;
    }
    expect(ofKind(events, 'epoch').map(({ epoch, step: at }) => [epoch, at])).toEqual([
      [1, 12],
      [2, 24],
      [3, 36],
    ]);
    const last = ofKind(events, 'epoch').at(-1)?.validation;
    expect(ending.validation?.loss).toBe(last?.loss);
    expect(ending.validation?.mse).toBeCloseTo(last?.mse ?? 0, 7);
    expect(ending.validation?.measures?.psnr).toBeGreaterThan(15);
    expect(ending.test?.mse).toBeLessThan(0.1);
    expect(ending.test?.measures.mse).toBe(ending.test?.mse);
    expect(ending.samplesPerSecond).toBeGreaterThan(0);
    expect(run.summary().state).toBe('completed');
  });

  it('repeats bit for bit with the same seed, and not with another', async () => {
    const first = await trained({ executor });
    const second = await trained({ executor });
    const other = await trained({ executor, document: drawing({ seed: 2 }) });
    expect(second.losses).toEqual(first.losses);
    expect(await second.run.weights()).toEqual(await first.run.weights());
    expect(other.losses).not.toEqual(first.losses);
  });

  it('is changed by neither pauses nor onlookers', async () => {
    const plain = await trained({ executor, options: { reconstructions: false } });
    const { run, events } = prepare({
      executor,
      watch(event, it) {
        if (event.kind === 'progress' || event.kind === 'epoch') it.pause();
        if (event.kind === 'paused') setTimeout(() => it.resume(), 5);
      },
    });
    run.start();
    while (run.summary().state === 'starting') await new Promise((resolve) => setTimeout(resolve, 1));
    const own = await run.reconstruct(new Uint8Array(36).fill(10));
    expect(own.pixels).toHaveLength(36);
    await run.finished;
    expect(ofKind(events, 'paused').length).toBeGreaterThanOrEqual(3);
    expect(ofKind(events, 'resumed')).toHaveLength(ofKind(events, 'paused').length);
    expect(lossesOf(events)).toEqual(plain.losses);
    expect(await run.weights()).toEqual(await plain.run.weights());
  });

  it('shows each sample once an epoch, the last batch smaller, in another order each time', async () => {
    const { spy, steps } = noting(executor);
    await trained({ executor: spy });
    const perEpoch = Math.ceil(180 / 16);
    expect(steps).toHaveLength(3 * perEpoch);
    const epochs = [0, 1, 2].map((epoch) => steps.slice(epoch * perEpoch, (epoch + 1) * perEpoch));
    for (const batches of epochs) {
      expect(batches.map(({ length }) => length)).toEqual([...Array(11).fill(16), 4]);
      expect(new Set(batches.flat()).size).toBe(180);
    }
    expect(
      new Set(
        epochs.map((batches) =>
          batches
            .flat()
            .sort((a, b) => a - b)
            .join(),
        ),
      ).size,
    ).toBe(1);
    expect(new Set(epochs.map((batches) => batches.flat().join())).size).toBe(3);
  });

  it('gives the training loss and the error as plain arithmetic has them', async () => {
    const data = dataset(40, 23);
    const { run, ending } = await trained({ executor, data, document: drawing({ epochs: 1 }) });
    if (ending.kind === 'failed') throw new Error(ending.problem.message);
    let sum = 0;
    for (let row = 0; row < 23; row++) {
      sum += (await run.reconstruct(data.test!.values.slice(row * 36, (row + 1) * 36) as Uint8Array)).mse;
    }
    expect(ending.test?.mse).toBeCloseTo(sum / 23, 6);
    // The loss is the mean squared error here.
    expect(ending.test?.loss).toBeCloseTo(sum / 23, 6);
  });

  it('tells the error and the charges apart, and how sparse a charged code is', async () => {
    const plain = drawing({ epochs: 12 });
    const penalty = { activityPenalty: 'kl', activityWeight: 0.05, activityTarget: 0.1 };
    const code = newBlock('code', 'code', { size: 48, activation: 'sigmoid', ...penalty });
    const document = { ...plain, blocks: [...plain.blocks.slice(0, -1), code] };
    const { events, ending, losses } = await trained({ executor, document, data: dataset(200, 30) });
    if (ending.kind === 'failed') throw new Error(ending.problem.message);
    const epochs = ofKind(events, 'epoch');
    for (const { trainLoss, terms } of epochs) {
      expect(Object.keys(terms ?? {})).toEqual(['reconstruction', 'activity']);
      expect((terms?.reconstruction ?? 0) + (terms?.activity ?? 0)).toBeCloseTo(trainLoss, 5);
    }
    expect(epochs.at(-1)?.terms?.activity).toBeLessThan(0.2 * (epochs[0]?.terms?.activity ?? 0));
    const last = ofKind(events, 'progress').at(-1)?.terms;
    expect((last?.reconstruction ?? 0) + (last?.activity ?? 0)).toBeCloseTo(losses.at(-1) ?? 0, 5);
    expect(ending.activity).toMatchObject({ layer: 'code', units: 48, from: 0.04, to: 0.2 });
    expect(ending.activity?.share).toBeGreaterThan(0.9);
    expect(ending.activity?.mean).toBeCloseTo(0.1, 1);
  });

  it('keeps the weights into a unit within their largest norm after every step, and clips gradients', async () => {
    const plain = drawing({ epochs: 2, clipNorm: 0.001, optimizer: { type: 'sgd', momentum: 0 } });
    const code = newBlock('code', 'code', { size: 6, maxNorm: 0.5 });
    const document = { ...plain, blocks: [...plain.blocks.slice(0, -1), code] };
    const { run, losses } = await trained({ executor, document });
    const weights = await run.weights();
    const kernel = [...(weights.get('code/kernel')?.data ?? [])];
    const norms = [0, 1, 2, 3, 4, 5].map((unit) => Math.hypot(...kernel.filter((_, i) => i % 6 === unit)));
    for (const norm of norms) expect(norm).toBeLessThan(0.5 + 1e-5);
    expect(Math.max(...norms)).toBeGreaterThan(0.49);
    // Steps of a length of 10⁻⁵ hardly change anything.
    expect(Math.abs((losses.at(-1) ?? 0) / (losses[1] ?? 0) - 1)).toBeLessThan(0.2);
  });

  it('tells nothing of charges where there are none', async () => {
    const { events, ending } = await trained({ executor, document: drawing({ epochs: 1 }) });
    expect(ofKind(events, 'epoch')[0]).not.toHaveProperty('terms');
    expect(ofKind(events, 'progress')[0]).not.toHaveProperty('terms');
    expect(ending).not.toHaveProperty('activity');
  });

  it('stops at the step whose loss is not finite, with finite weights', async () => {
    const optimizer = { type: 'sgd', momentum: 0 } as const;
    const output = { activation: 'linear', loss: 'mse' } as const;
    const document = { ...drawing({ learningRate: 1e10, optimizer }), output };
    const { run, ending, losses, events } = await trained({ executor, document });
    expect(run.warnings.map(({ code }) => code)).toContain('LEARNING_RATE_HIGH');
    expect(ending).toMatchObject({ kind: 'failed', step: losses.length + 1, problem: { code: 'NAN_LOSS' } });
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(losses.length).toBeLessThan(12);
    expect(events.at(-1)).toBe(ending);
    for (const { data } of (await run.weights()).values()) {
      expect(data.every((value) => Number.isFinite(value))).toBe(true);
    }
    expect((await run.reconstruct(new Uint8Array(36))).pixels).toHaveLength(36);
  });

  it('stops within 100 ms when told, and keeps its weights', async () => {
    let told = 0;
    const { run, ending, losses } = await trained({
      executor,
      document: drawing({ epochs: 1000 }),
      watch(event, it) {
        if (event.kind === 'epoch' && event.epoch === 4) {
          told = performance.now();
          it.stop();
        }
      },
    });
    expect(performance.now() - told).toBeLessThan(100);
    expect(ending).toMatchObject({ kind: 'stopped', step: losses.length, test: null });
    expect(losses).toHaveLength(48);
    expect((await run.weights()).size).toBe(8);
  });

  it('can be stopped while it starts and while it is paused', async () => {
    const starting = prepare({ executor });
    starting.run.start();
    starting.run.stop();
    expect(await starting.run.finished).toMatchObject({ kind: 'stopped', step: 0 });
    expect(ofKind(starting.events, 'started')).toHaveLength(0);

    const paused = await trained({
      executor,
      watch(event, it) {
        if (event.kind === 'progress') it.pause();
        if (event.kind === 'paused') setTimeout(() => it.stop(), 5);
      },
    });
    expect(paused.ending.kind).toBe('stopped');
    expect(ofKind(paused.events, 'resumed')).toHaveLength(0);
  });

  it('mends what is corrupted in training and evaluation alike, and repeats', async () => {
    const plain = drawing({ epochs: 4 });
    const document: GraphDocument = {
      ...plain,
      blocks: [...plain.blocks, newBlock('corrupt-patches', 'patches', { size: 3, fill: 1 })],
      wires: [
        { from: 'input', to: 'patches' },
        { from: 'patches', to: 'dense-1' },
        { from: 'dense-1', to: 'code' },
      ],
    };
    const options = { pca: true };
    const { run, events } = await trained({ executor, document, data: dataset(200, 40), options });
    const ending = await run.finished;
    if (ending.kind !== 'completed' || !ending.test) throw new Error('The run did not complete.');
    const { mse, baseline, covered } = ending.test;
    expect(baseline?.mse).toBeGreaterThan(mse);
    // A patch of nine white pixels over 36 of which a sixth is bright: 0.9² · 5/6 and 0.2² · 1/6 of a quarter of them.
    expect(baseline?.mse).toBeCloseTo(0.16, 1);
    expect(covered?.psnr).toBeGreaterThan(covered?.inputPsnr ?? Number.NaN);
    const watched = events.flatMap((event) => (event.kind === 'reconstructions' ? [event] : []));
    expect(watched.length).toBeGreaterThan(1);
    const [first, ...others] = watched;
    expect(first?.seen?.pixels).not.toEqual(first?.originals.pixels);
    const line = await run.pca;
    // A straight line can't tell a patch from what it hides: it mends some of it, but less than the network does.
    expect(line?.test?.mse).toBeLessThan(baseline?.mse ?? 0);
    expect(line?.test?.mse).toBeGreaterThan(mse);
    for (const { seen } of others) expect(seen).toEqual(first?.seen);
    const again = await (await trained({ executor, document, data: dataset(200, 40) })).run.finished;
    expect(again).toMatchObject({ validation: ending.validation, test: ending.test });
    // A sample of one's own is damaged already, unless one asks for that.
    const pixels = first?.originals.pixels.subarray(0, 36) ?? new Uint8Array();
    const asItIs = await run.reconstruct(pixels);
    expect(asItIs).toMatchObject({ corrupts: true });
    expect(asItIs).not.toHaveProperty('seen');
    const corrupted = await run.reconstruct(pixels, true);
    expect(corrupted.seen?.pixels).not.toEqual(pixels);
    expect(await run.reconstruct(corrupted.seen?.pixels ?? pixels)).toMatchObject({
      pixels: corrupted.pixels,
    });
  });

  it('tells the divergence of a variational code, draws samples from it, and warms β up', async () => {
    // At 1 the code of so small a picture says nothing.
    const BETA = 0.02;
    const plain = drawing({ epochs: 4 });
    const variational = (params: Record<string, number>): GraphDocument => ({
      ...plain,
      blocks: plain.blocks.map((block) =>
        block.type === 'code'
          ? {
              ...block,
              params: { ...block.params, coding: 'variational', beta: BETA, betaWarmUp: 0, ...params },
            }
          : block,
      ),
    });
    const { run, events } = await trained({ executor, document: variational({}) });
    const ending = await run.finished;
    if (ending.kind !== 'completed') throw new Error('The run did not complete.');
    const { divergence = [], loss = 0, mse = 0 } = ending.validation ?? {};
    expect(divergence).toHaveLength(6);
    const total = divergence.reduce((sum, kl) => sum + kl, 0);
    expect(total).toBeGreaterThan(0.5);
    // The loss of this drawing is the MSE: what is more is the divergence over the 36 values.
    expect(loss).toBeCloseTo(mse + (BETA * total) / 36, 6);
    const shown = events.flatMap((event) => (event.kind === 'reconstructions' ? [event.drawn] : []));
    expect(shown.at(-1)?.shape).toEqual([SIDE, SIDE, 1]);
    expect(shown.at(-1)?.pixels).not.toEqual(shown[0]?.pixels);
    // Charged for little while it warms up, the code diverges further.
    const warm = await (await trained({ executor, document: variational({ betaWarmUp: 1000 }) })).run
      .finished;
    if (warm.kind !== 'completed') throw new Error('The run did not complete.');
    const without = warm.validation?.divergence?.reduce((sum, kl) => sum + kl, 0) ?? 0;
    expect(without).toBeGreaterThan(1.5 * total);
  });

  it('does without validation samples, and with fewer samples than a batch', async () => {
    const none = await trained({ executor, document: drawing({ validationShare: 0 }) });
    expect(none.ending).toMatchObject({ kind: 'completed', validation: null, test: null });
    const few = await trained({ executor, data: dataset(5), document: drawing({ validationShare: 0.2 }) });
    expect(few.run.warnings.map(({ code }) => code)).toContain('BATCH_CLAMPED');
    expect(few.ending).toMatchObject({ kind: 'completed', step: 3 });
    expect(ofKind(few.events, 'reconstructions')[0]?.originals.count).toBe(5);
  });

  it('shows the first reconstruction after the first step, sixteen samples, and the last at the end', async () => {
    const { events, run, losses } = await trained({ executor });
    const shown = ofKind(events, 'reconstructions');
    expect(shown[0]).toMatchObject({ step: 1, originals: { count: 16 }, reconstructions: { count: 16 } });
    expect(shown.at(-1)?.step).toBe(losses.length);
    expect(shown.at(-1)).toEqual(await run.reconstructions());
    expect(shown.at(-1)?.originals).toEqual(shown[0]?.originals);
    const difference = (event: (typeof shown)[0]) =>
      event.originals.pixels.reduce(
        (sum, pixel, i) => sum + Math.abs(pixel - event.reconstructions.pixels[i]!),
        0,
      );
    expect(difference(shown.at(-1)!)).toBeLessThan(difference(shown[0]!) / 2);
  });
});

describe('the learning rate', () => {
  it('follows its schedule, and is told', async () => {
    const executor = await createOnnxExecutor();
    const schedule = { type: 'step', every: 1, factor: 0.1, warmUp: 0 };
    const rates: number[] = [];
    const noted: Executor = {
      ...executor,
      async load(...args) {
        const session = await executor.load(...args);
        return {
          run(program, feeds) {
            if (program.startsWith('step')) rates.push(feeds.learningRate?.data[0] ?? Number.NaN);
            return session.run(program, feeds);
          },
          state: (names) => session.state(names),
          setState: (state) => session.setState(state),
          dispose: () => session.dispose(),
        };
      },
    };
    const { events } = await trained({ executor: noted, document: drawing({ schedule, learningRate: 0.5 }) });
    const expected = [0.5, 0.05, 0.005].flatMap((rate) => Array<number>(12).fill(Math.fround(rate)));
    expect(rates.map((rate) => rate.toPrecision(6))).toEqual(expected.map((rate) => rate.toPrecision(6)));
    expect(ofKind(events, 'progress').at(-1)?.learningRate).toBeCloseTo(0.0005, 12);
  });
});

describe('early stopping', () => {
  /** Overshoots more and more: a few epochs of gain, then none. */
  const settings = { learningRate: 0.05, epochs: 60, patience: 4 } as const;

  it('ends with the weights of the best epoch, as if it had been the last', async () => {
    const executor = await createOnnxExecutor();
    const { run, ending } = await trained({ executor, document: drawing(settings) });
    if (ending.kind !== 'completed') throw new Error(`It ended ${ending.kind}.`);
    const { epochs } = run.history();
    const losses = epochs.map(({ validation }) => validation?.loss ?? Number.NaN);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(epochs.length).toBe(best + settings.patience);
    expect(epochs.length).toBeLessThan(settings.epochs);
    expect(ending.keptEpoch).toBe(best);
    expect(ending.validation?.loss).toBe(epochs[best - 1]?.validation?.loss);

    const shorter = await trained({
      executor,
      document: drawing({ ...settings, epochs: best, patience: 0 }),
    });
    expect(await run.weights()).toEqual(await shorter.run.weights());
    expect(shorter.ending).toMatchObject({ kind: 'completed', keptEpoch: null });
  });

  it('goes by the training loss where nothing is held out, and never ends a run that gets better', async () => {
    const executor = await createOnnxExecutor();
    const document = drawing({ validationShare: 0, epochs: 5, patience: 2, learningRate: 0.002 });
    const { run, ending } = await trained({ executor, document });
    expect(run.history().epochs).toHaveLength(5);
    expect(ending).toMatchObject({ kind: 'completed', keptEpoch: null });
  });
});

describe('a training run', () => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await createOnnxExecutor();
  });

  it.skipIf(engines.length < 2)('has the same first losses on both engines', async () => {
    const document = drawing({ epochs: 5 });
    const onnx = await trained({ executor, document });
    const tensorflow = await trained({ executor: await createTensorFlowExecutor(), document });
    for (let step = 0; step < 50; step++) {
      const relative = Math.abs(onnx.losses[step]! / tensorflow.losses[step]! - 1);
      expect(relative, `step ${step + 1}`).toBeLessThan(1e-3);
    }
  });

  it('tells the line to beat, on validation and test samples', async () => {
    const { run, events } = prepare({ executor, data: dataset(200, 30), options: { pca: true } });
    run.start();
    await run.finished;
    const line = await run.pca;
    expect(line).toMatchObject({ components: 6 });
    expect(line?.test?.mse).toBeGreaterThan(0);
    expect(line?.validation.mse).toBeLessThan(0.05);
    expect(line?.validation.loss).toBeCloseTo(line?.validation.mse ?? 0, 12);
    expect(ofKind(events, 'pca')).toEqual([{ kind: 'pca', ...line }]);
  });

  it('calls the search for that line off when it is stopped', async () => {
    const { run, events } = prepare({
      executor,
      options: { pca: true },
      watch: (event, it) => event.kind === 'reconstructions' && it.stop(),
    });
    run.start();
    await run.finished;
    await run.pca;
    expect(ofKind(events, 'pca')).toHaveLength(0);
  });

  it('refuses binary cross-entropy for data outside 0–1, and tells of outputs out of reach', () => {
    const data: Dataset = { ...dataset(50), range: [-2, 3] };
    const bce = { ...drawing(), output: { activation: 'sigmoid', loss: 'bce' } as const };
    expect(() => prepare({ executor, data, document: bce })).toThrow(
      /between 0 and 1, but these run from -2 to 3/,
    );
    const { run } = prepare({ executor, data, document: drawing() });
    expect(run.warnings.map(({ code }) => code)).toEqual(['OUTPUT_OUT_OF_REACH']);
  });

  it('refuses an unfinished drawing with everything that is wrong with it', () => {
    const document = { ...drawing(), wires: [], output: { activation: 'relu', loss: 'bce' } as const };
    try {
      prepare({ executor, document });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      expect(error.problems.length).toBeGreaterThan(1);
      expect(error.problems.every(({ severity }) => severity === 'error')).toBe(true);
    }
  });

  it('says what is wrong with a sample of one’s own, and when there are no weights', async () => {
    const { run } = prepare({ executor });
    await expect(run.reconstruct(new Uint8Array(36))).rejects.toThrow(/no weights yet/);
    await expect(run.reconstruct(new Uint8Array(35))).rejects.toThrow(/6×6×1 \(36 values\), got 35/);
    run.start();
    await run.finished;
    await run.dispose();
    await expect(run.reconstruct(new Uint8Array(36))).rejects.toThrow(/no weights yet/);
  });

  it('takes the shape of the data in place of the drawing’s', async () => {
    const document = { ...drawing(), data: { ...drawing().data, shape: [28, 28, 1] } };
    const { run } = prepare({ executor, document });
    expect(run.summary().parameterCount).toBe(36 * 24 + 24 + 24 * 6 + 6 + 6 * 24 + 24 + 24 * 36 + 36);
  });
});
