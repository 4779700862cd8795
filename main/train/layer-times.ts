import type { Layer } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import { assertProgram } from '../compile/assert-program';
import { gradientCarriers, layerStepProgram } from '../compile/layer-step-program';
import { weightState } from '../compile/weight-state';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import type { Program } from '../ops/program';
import { uniforms } from '../random/philox';
import type { PreparedRun } from './run-preparation';

/** Runs of one layer that are timed, at most, after one that warms it up; and after how many milliseconds it is enough. */
const MOST_RUNS = 15;
const LONG_ENOUGH = 60;
/** Layers that differ in nothing that costs time are measured once; no more than these are measured. */
const MOST_MEASURED = 96;

export interface LayerTime {
  readonly id: string;
  /** Of one training batch, forward and back, without the optimizer. */
  readonly milliseconds: number;
  /** Of all layers' time, 0–1. */
  readonly share: number;
}

/**
 * Measures every layer by itself, in a session of its own: the least time of its forward and backward pass on a batch (what
 * else the machine does only adds to it), less that of a call that does nothing. Runtimes fuse neighbours, and the optimizer
 * comes on top: so the shares, not the sum, are what is to be believed.
 *
 * @returns null where there are too many unlike layers to measure, or `go` said no
 * @throws ProblemError where the engine refuses a layer
 */
export async function layerTimes(
  executor: Executor,
  { plan, batchSize, document }: Pick<PreparedRun, 'plan' | 'batchSize' | 'document'>,
  weights: ReadonlyMap<string, Tensor>,
  go: () => Promise<boolean>,
): Promise<readonly LayerTime[] | null> {
  const layers = plan.layers.filter(({ type }) => type !== 'input');
  const programs = new Map<string, Program>();
  const carriers = gradientCarriers(plan);
  for (const layer of layers) {
    const key = costKey(layer, carriers);
    if (!programs.has(key))
      programs.set(key, layerStepProgram(plan, layer, batchSize, `layer-${programs.size}`));
  }
  if (programs.size > MOST_MEASURED) return null;
  const nothing = { ...emptyProgram(programs), name: 'nothing' };
  // Of layers that are alike, one has its weights here.
  const read = new Set([...programs.values()].flatMap(({ reads }) => reads.map(({ state: name }) => name)));
  const state = weightState(plan).filter(({ name }) => read.has(name));
  const own = new Map([...weights].filter(([name]) => read.has(name)));
  for (const program of [...programs.values(), nothing]) assertProgram(program, state);
  const session = await executor.load({ state, programs: [...programs.values(), nothing] }, own);
  try {
    const { seed } = document.training;
    const idle = await leastTime(session, nothing, seed);
    const times = new Map<string, number>();
    for (const [key, program] of programs) {
      if (!(await go())) return null;
      times.set(key, Math.max(0, (await leastTime(session, program, seed)) - idle));
    }
    const each = layers.map((layer) => ({
      id: layer.id,
      milliseconds: times.get(costKey(layer, carriers)) ?? 0,
    }));
    const all = each.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    return each.map((time) => ({ ...time, share: all > 0 ? time.milliseconds / all : 0 }));
  } finally {
    await session.dispose();
  }
}

/** What a layer's cost follows from. */
function costKey(layer: Layer, carriers: ReadonlySet<string>): string {
  const { type, mirrored, params, inputShape, outputShape, activation, join, inputs, shared } = layer;
  const kind = { type, mirrored, params, inputShape, outputShape, activation, join, shared: shared?.weights };
  // Layers that read the data pass no gradient on, those that read others do.
  return JSON.stringify([kind, inputs.map((id) => carriers.has(id))]);
}

/** The smallest Program there is: it hands back the mean of one number. */
function emptyProgram(programs: ReadonlyMap<string, Program>): Program {
  const value = { id: 0, shape: [1, 1], dtype: 'float32' } as const;
  const output = { id: 1, shape: [], dtype: 'float32' } as const;
  const node = { op: 'reduceMean', inputs: [value], attributes: { axes: [0, 1] }, output, layer: null };
  const [first] = programs.values();
  if (!first) throw new Error('There is no layer to measure.');
  return {
    ...first,
    feeds: [{ name: 'input-0', value }],
    draws: [],
    reads: [],
    data: null,
    nodes: [node],
    outputs: [{ name: 'mean', value: output }],
    guard: [],
    updates: [],
  };
}

async function leastTime(session: ModelSession, program: Program, seed: number): Promise<number> {
  const feeds = Object.fromEntries(
    program.feeds.map(({ name, value }): [string, Tensor] => {
      const data = uniforms(seed, name, 0, valueCount(value.shape));
      return [name, { dtype: 'float32', shape: value.shape, data }];
    }),
  );
  let least = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let run = 0; run <= MOST_RUNS && (run < 2 || spent < LONG_ENOUGH); run++) {
    const since = performance.now();
    await session.run(program.name, feeds, { seed, purpose: 'measuring', step: run });
    const took = performance.now() - since;
    if (run > 0) least = Math.min(least, took);
    spent += took;
  }
  return least;
}
