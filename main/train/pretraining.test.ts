import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GraphDocument, TrainingSettings } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import type { RunEvent } from '../../shared/ipc/contract';
import { planDocument } from '../../shared/plan/plan-document';
import { stagesOf } from '../../shared/plan/stages';
import { compile } from '../compile/compile';
import { initialState } from '../compile/initial-state';
import { stageProgram } from '../compile/stage-programs';
import { weightState } from '../compile/weight-state';
import type { Dataset } from '../data/dataset';
import type { Executor, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import { stagedSession } from './staged-session';
import { TrainingRun } from './training-run';

const [COUNT, SIZE] = [100, 12];
const samples: Dataset['train'] = {
  dtype: 'float32',
  count: COUNT,
  shape: [SIZE],
  values: uniforms(3, 'samples', 0, COUNT * SIZE).map((u, i) => (i % SIZE < 6 ? u : 0.5)),
  labels: null,
};
const dataset: Dataset = {
  name: 'Half noise',
  train: samples,
  test: null,
  labelNames: null,
  range: [0, 1],
  fingerprint: 'half',
  notes: [],
};

function drawing(training: Partial<TrainingSettings> = {}): GraphDocument {
  const empty = emptyDocument();
  return {
    ...empty,
    data: { kind: 'npy', path: 'half.npy', shape: [SIZE] },
    blocks: [
      newBlock('input', 'input'),
      newBlock('dense', 'dense-1', { units: 9, activation: 'sigmoid' }),
      newBlock('dense', 'dense-2', { units: 7, activation: 'sigmoid' }),
      newBlock('code', 'code', { size: 4 }),
    ],
    wires: [
      { from: 'input', to: 'dense-1' },
      { from: 'dense-1', to: 'dense-2' },
      { from: 'dense-2', to: 'code' },
    ],
    training: {
      ...empty.training,
      batchSize: 16,
      epochs: 3,
      learningRate: 0.01,
      pretraining: { epochs: 2 },
      ...training,
    },
  };
}

const open: TrainingRun[] = [];
afterEach(async () => {
  for (const run of open.splice(0)) await run.dispose();
});

async function trained(
  executor: Executor,
  document: GraphDocument,
  watch: (event: RunEvent, run: TrainingRun) => void = () => {},
) {
  const events: RunEvent[] = [];
  const run: TrainingRun = new TrainingRun({
    document,
    dataset,
    executor,
    onEvent(event) {
      events.push(event);
      watch(event, run);
    },
    options: { pca: false },
  });
  open.push(run);
  run.start();
  const ending = await run.finished;
  return { run, ending, events, weights: await run.weights() };
}

const changed = (before: ReadonlyMap<string, Tensor>, after: ReadonlyMap<string, Tensor>) => {
  const names = [...after].filter(([name, { data }]) =>
    before.get(name)?.data.some((value, i) => value !== data[i]),
  );
  return [...new Set(names.map(([name]) => name.split('/')[0]))];
};

describe.each(enginesHere('pre-training'))('stacked pre-training, %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  it('changes one pair a stage, by Programs of its own over the one state', async () => {
    const { plan } = planDocument(drawing());
    if (!plan) throw new Error('There is no plan.');
    const { optimizer } = drawing().training;
    const stages = stagesOf(plan);
    const sizes = { batchSize: 16, remainder: 0, evaluationBatch: 16, reconstructBatch: 16 };
    const set = compile(plan, {
      ...sizes,
      sample: { dtype: 'float32' },
      dataCount: COUNT,
      optimizer,
      stages: stages.map((stage) => stage.plan),
    });
    const names = weightState(plan).map(({ name }) => name);
    const data: Tensor = { dtype: 'float32', shape: [COUNT, SIZE], data: samples.values };
    const session = await executor.load(set, initialState(plan, optimizer, 1), { data, threads: 1 });
    const indices: Tensor = {
      dtype: 'int32',
      shape: [16],
      data: Int32Array.from({ length: 16 }, (_x, i) => i),
    };
    const learningRate: Tensor = { dtype: 'float32', shape: [], data: Float32Array.of(0.01) };
    const moved: (string | undefined)[][] = [];
    for (let stage = 0; stage <= stages.length; stage++) {
      const before = await session.state(names);
      const target = stage < stages.length ? stagedSession(session, stage + 1) : session;
      await target.run('step', { indices, learningRate });
      moved.push(changed(before, await session.state(names)));
    }
    expect(moved).toEqual([
      ['dense-1', 'dense-1′'],
      ['dense-2', 'dense-2′'],
      ['code', 'code′'],
      ['dense-1', 'dense-2', 'code', 'code′', 'dense-2′', 'dense-1′'],
    ]);
    expect(set.programs.map(({ name }) => name)).toContain(stageProgram(3, 'evaluate'));
    await session.dispose();
  });

  it('says of every epoch which stage it belongs to, and repeats', async () => {
    const [first, second] = [await trained(executor, drawing()), await trained(executor, drawing())];
    expect(first.ending.kind).toBe('completed');
    const stages = [
      'dense-1',
      'dense-1',
      'dense-2',
      'dense-2',
      'code',
      'code',
      undefined,
      undefined,
      undefined,
    ];
    expect(first.run.history().epochs.map(({ stage }) => stage)).toEqual(stages);
    expect(first.run.history().epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const told = first.events.flatMap((event) => (event.kind === 'epoch' ? [event.stage] : []));
    expect(told).toEqual(stages);
    expect(first.run.summary()).toMatchObject({
      epochs: 9,
      stages: [
        { block: 'dense-1', epochs: 2 },
        { block: 'dense-2', epochs: 2 },
        { block: 'code', epochs: 2 },
      ],
    });
    for (const [name, { data }] of first.weights) expect(second.weights.get(name)?.data, name).toEqual(data);
  });

  it('can be paused within a stage, shows what the stage makes, and comes to the same end', async () => {
    const plain = await trained(executor, drawing());
    const seen: string[] = [];
    let shown: Promise<unknown> | null = null;
    const paused = await trained(executor, drawing(), (event, run) => {
      if (event.kind === 'epoch' && event.epoch === 3) run.pause();
      if (event.kind === 'paused') {
        seen.push(`paused at ${event.step}`);
        // Weights, samples and codes are to be had meanwhile.
        shown = Promise.all([run.reconstructions(), run.codeSnapshot(), run.weights()]).then(() =>
          run.resume(),
        );
      }
      if (event.kind === 'resumed') seen.push(`resumed at ${event.step}`);
    });
    await shown;
    const stepsAnEpoch = plain.run.summary().stepsPerEpoch;
    expect(seen).toEqual([`paused at ${3 * stepsAnEpoch}`, `resumed at ${3 * stepsAnEpoch}`]);
    expect(paused.ending.kind).toBe('completed');
    for (const [name, { data }] of plain.weights) expect(paused.weights.get(name)?.data, name).toEqual(data);
  });

  it('trains a variational code without its divergence until its own stage, with β from the whole on', async () => {
    const base = drawing({ pretraining: { epochs: 1 }, epochs: 2 });
    const code = newBlock('code', 'code', {
      size: 3,
      activation: 'linear',
      coding: 'variational',
      betaWarmUp: 1,
    });
    const document = { ...base, blocks: [...base.blocks.slice(0, -1), code] };
    const { ending, events, weights } = await trained(executor, document);
    expect(ending.kind).toBe('completed');
    const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event] : []));
    expect(epochs.map(({ stage, terms }) => [stage, Object.keys(terms ?? {})])).toEqual([
      ['dense-1', []],
      ['dense-2', []],
      ['code', ['reconstruction', 'divergence']],
      [undefined, ['reconstruction', 'divergence']],
      [undefined, ['reconstruction', 'divergence']],
    ]);
    // β grows with the steps of the whole: in the code's stage the divergence counts for nothing yet.
    expect(epochs[2]?.terms?.divergence).toBe(0);
    for (const epoch of epochs.slice(3)) expect(epoch.terms?.divergence).toBeGreaterThan(0);
    for (const { data } of weights.values()) expect(data.every(Number.isFinite)).toBe(true);
  });

  it('trains tied pairs by one kernel, which each stage leaves to the next', async () => {
    const base = drawing();
    const document = { ...base, tied: ['code', 'dense-1', 'dense-2'] };
    const kernels: Promise<ReadonlyMap<string, Tensor>>[] = [];
    const { ending, weights, run } = await trained(executor, document, (event, going) => {
      if (event.kind === 'epoch' && event.epoch % 2 === 0 && event.epoch <= 6) kernels.push(going.weights());
    });
    expect(ending.kind).toBe('completed');
    expect([...weights.keys()].filter((name) => name.endsWith('/kernel')).sort()).toEqual([
      'code/kernel',
      'dense-1/kernel',
      'dense-2/kernel',
    ]);
    expect(run.history().epochs).toHaveLength(9);
    const [first, second, third] = await Promise.all(kernels);
    if (!first || !second || !third) throw new Error('There are three stages.');
    expect(changed(first, second).sort()).toEqual(['dense-2', 'dense-2′']);
    expect(changed(second, third).sort()).toEqual(['code', 'code′']);
  });

  it('trains stacks on corrupted samples, whose target is the clean one, in every stage', async () => {
    const base = drawing();
    const noise = newBlock('corrupt-masking', 'masking', { share: 0.5 });
    const [input, ...others] = base.blocks;
    if (!input) throw new Error('There is an input.');
    const document: GraphDocument = {
      ...base,
      task: { kind: 'denoise' },
      blocks: [input, noise, ...others],
      wires: [{ from: 'input', to: 'masking' }, { from: 'masking', to: 'dense-1' }, ...base.wires.slice(1)],
    };
    const [first, again] = [await trained(executor, document), await trained(executor, document)];
    expect(first.ending.kind).toBe('completed');
    expect(
      first.run
        .history()
        .epochs.map(({ stage }) => stage)
        .slice(0, 6),
    ).toEqual(['dense-1', 'dense-1', 'dense-2', 'dense-2', 'code', 'code']);
    for (const [name, { data }] of first.weights) expect(again.weights.get(name)?.data, name).toEqual(data);
    // Half of what comes in is masked, so that a stage learns by other numbers than that of clean samples does.
    const clean = await trained(executor, base);
    const lossOf = (run: typeof clean) => run.run.history().epochs[0]?.trainLoss;
    expect(lossOf(first)).not.toBe(lossOf(clean));
    const watched = first.events.findLast((event) => event.kind === 'reconstructions');
    expect(watched?.kind === 'reconstructions' && watched.seen?.count).toBe(
      watched?.kind === 'reconstructions' && watched.originals.count,
    );
  });

  it('can be stopped in a stage, with the weights of the whole', async () => {
    const { run, ending, weights } = await trained(executor, drawing(), (event, going) => {
      if (event.kind === 'epoch' && event.epoch === 3) going.stop();
    });
    expect(ending.kind).toBe('stopped');
    expect(run.history().epochs).toHaveLength(3);
    const { plan } = planDocument(drawing());
    const start = plan && initialState(plan, drawing().training.optimizer, 1);
    expect(changed(start ?? new Map(), weights)).toEqual(['dense-1', 'dense-2', 'dense-2′', 'dense-1′']);
    expect((await run.codeSnapshot()).size).toBe(4);
  });

  it('begins schedule and early stopping with the whole', async () => {
    const schedule = { type: 'exponential', factor: 0.5, warmUp: 0 };
    const { events } = await trained(executor, drawing({ schedule, patience: 1 }));
    const rates = events.flatMap((event) =>
      event.kind === 'progress' ? [[event.epoch, event.learningRate]] : [],
    );
    for (const [epoch, rate] of rates) if (Number(epoch) < 6) expect(rate).toBe(0.01);
    expect(rates.at(-1)?.[1]).toBeLessThan(0.01);
    expect(events.some((event) => event.kind === 'epoch' && event.epoch === 7)).toBe(true);
  });
});
