import { valueCount } from '../../shared/tensors/shape';
import { unitSumsProgram } from '../check/silent-units';
import { type ActivationsProgram, activationsProgram } from '../compile/activations-program';
import { assertProgram } from '../compile/assert-program';
import { isCorrupted } from '../compile/seen-samples';
import { weightState } from '../compile/weight-state';
import type { DrawKey, Executor, ModelSession, Tensor } from '../execute/executor';
import type { PreparedRun } from './run-preparation';

/** Values of all layers together that are handed out for one batch: 2 MB. */
const BATCH_VALUES = 512 * 1024;
const LARGEST_BATCH = 32;

/** What a layer gives out: float32, row-major, channels last. */
export type LayerOutputs = ReadonlyMap<string, Float32Array>;

/** How samples go in: as the run evaluates them, or as they are, though the drawing corrupts its own. */
export type SampleWay = 'as-evaluated' | 'as-they-are';

/**
 * A copy of a run's network that hands out what every layer gives, beside the run's own session: the run pays for it only
 * while somebody looks. The weights are copied over with `take`.
 */
export class LayerSession {
  private constructor(
    private readonly session: ModelSession,
    private readonly single: ActivationsProgram,
    private readonly plain: ActivationsProgram,
    private readonly many: ActivationsProgram,
    /** Of `batch`. */
    readonly batchSize: number,
    private readonly key: DrawKey,
  ) {}

  /** @throws ProblemError where the engine refuses the network */
  static async open(
    executor: Executor,
    { plan, dataset, document }: Pick<PreparedRun, 'plan' | 'dataset' | 'document'>,
    weights: ReadonlyMap<string, Tensor>,
  ): Promise<LayerSession> {
    const { dtype } = dataset.train;
    const values = plan.layers.reduce((sum, { outputShape }) => sum + valueCount(outputShape), 0);
    const batchSize = Math.max(1, Math.min(LARGEST_BATCH, Math.floor(BATCH_VALUES / values)));
    const single = activationsProgram(plan, { name: 'activations', dtype, count: 1 });
    const plain = isCorrupted(plan)
      ? activationsProgram(plan, { name: 'activations-plain', dtype, count: 1, asTheyAre: true })
      : single;
    const many = activationsProgram(plan, { name: 'activations-batch', dtype, count: batchSize });
    const sums = unitSumsProgram(plan, batchSize);
    const programs = [...new Set([single.program, plain.program, many.program]), ...(sums ? [sums] : [])];
    const state = weightState(plan);
    for (const program of programs) assertProgram(program, state);
    const session = await executor.load({ state, programs }, weights);
    // What corrupts samples is always the same, so that one sees the model change.
    const key = { seed: document.training.seed, purpose: 'watching', step: 0 };
    return new LayerSession(session, single, plain, many, batchSize, key);
  }

  /** Weights by name, as they are now in the run. */
  take(weights: ReadonlyMap<string, Tensor>): Promise<void> {
    return this.session.setState(weights);
  }

  /** What every layer gives out for one sample. @param sample [1, …sample], in the samples' own type */
  sample(sample: Tensor, way: SampleWay): Promise<LayerOutputs> {
    return this.run(way === 'as-they-are' ? this.plain : this.single, sample);
  }

  /**
   * What every layer gives out for `batchSize` samples, one after the other.
   *
   * @param step which batch of several it is: what corrupts them differs from batch to batch, and is the same every time
   */
  batch(samples: Tensor, step: number): Promise<LayerOutputs> {
    return this.run(this.many, samples, step);
  }

  /** Runs `unit-sums` (`silent-units.ts`): float32 samples, `batchSize` of them. */
  get forUnitSums(): ModelSession {
    return this.session;
  }

  dispose(): Promise<void> {
    return this.session.dispose();
  }

  private async run(
    { program, outputOf }: ActivationsProgram,
    batch: Tensor,
    step = 0,
  ): Promise<LayerOutputs> {
    const { outputs } = await this.session.run(program.name, { batch }, { ...this.key, step });
    const valuesOf = (id: string, name: string | null): Float32Array => {
      const data = name === null ? batch.data : outputs[name]?.data;
      if (!(data instanceof Float32Array)) throw new Error(`The layer ${id} gave out no numbers.`);
      return data;
    };
    return new Map([...outputOf].map(([id, name]) => [id, valuesOf(id, name)]));
  }
}
