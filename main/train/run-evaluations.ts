import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { CallResult, EvaluatedGroupName } from '../../shared/ipc/contract';
import { formatShape, sameShape } from '../../shared/tensors/shape';
import { type Dataset, peakOf, type SampleArray } from '../data/dataset';
import { allRows, inOwnScale } from '../data/sample-rows';
import { scaleSamples } from '../data/scaling';
import type { ModelSession } from '../execute/executor';
import { type CodeActivity, codeActivity } from './code-activity';
import { evaluateSamples, type Go } from './evaluation';
import { type EvaluatedGroup, groupsToTellApart, lastEvaluation } from './last-evaluation';
import type { Reconstructor } from './reconstructor';
import type { PreparedRun } from './run-preparation';

/** What a run's weights make of samples that were not trained on, its own and those of other data sets. */
export class RunEvaluations {
  #groups: readonly EvaluatedGroup[] = [];
  #activity: CodeActivity | null = null;

  constructor(
    private readonly session: ModelSession,
    private readonly prepared: PreparedRun,
    private readonly reconstructor: Reconstructor,
  ) {}

  /** What was measured so far. */
  get groups(): readonly EvaluatedGroup[] {
    return this.#groups;
  }

  /** How active the code is on the test set, or else on the validation samples; null where it is not charged. */
  get activity(): CodeActivity | null {
    return this.#activity;
  }

  /** Measures the run's own data. @returns false where `go` said no */
  async measureOwn(go: Go): Promise<boolean> {
    const groups = await lastEvaluation(this.session, this.prepared, go);
    if (!groups) return false;
    this.#groups = groups;
    const encoded =
      groups.find(({ name }) => name === 'test') ?? groups.find(({ name }) => name === 'validation');
    if (encoded) {
      const { samples, rows } = encoded;
      const { evaluationBatch: batch } = this.prepared;
      this.#activity = await codeActivity(this.session, this.prepared.plan, { samples, rows, batch }, go);
    }
    return true;
  }

  /**
   * Measures another data set (its test set, where it has one), in place of the last other one.
   *
   * @returns null where `go` said no
   * @throws ProblemError where its samples do not fit the model
   */
  async measureOther(other: Dataset, go: Go): Promise<EvaluatedGroup | null> {
    const { plan, dataset: own, document, evaluationBatch: batch } = this.prepared;
    const { seed } = document.training;
    const samples = fitting(own, other.test ?? other.train, other.name);
    const rows = allRows(samples);
    const input = { samples, rows, batch, seed, peak: peakOf(other), task: plan.task.kind };
    const evaluation = await evaluateSamples(this.session, input, go);
    if (!evaluation) return null;
    const group: EvaluatedGroup = { name: 'other', samples, rows, ...evaluation };
    this.#groups = [...this.#groups.filter((each) => each.name !== 'other'), group];
    return group;
  }

  /**
   * Some samples of a group, and what the weights make of them.
   *
   * @param places in the order of the group's errors, at most as many as are watched
   * @throws ProblemError where the group was not measured
   */
  async show(
    name: EvaluatedGroupName,
    places: readonly number[],
  ): Promise<CallResult<'run.evaluatedSamples'>> {
    const group = this.#groups.find((each) => each.name === name);
    if (!group) throw new ProblemError(problem('RUN_NOT_MEASURED', undefined));
    return this.#shown(group, places);
  }

  /**
   * Normal samples and anomalous ones, `count` of each at most, from the least error to the largest with as many between
   * as beyond; null where there are not both.
   */
  async examples(count: number) {
    const told = groupsToTellApart(this.#groups);
    if (!told) return null;
    const spread = (group: EvaluatedGroup) => {
      const ordered = group.errors.map((_, place) => place);
      ordered.sort((a, b) => (group.errors[a] ?? 0) - (group.errors[b] ?? 0));
      const chosen = Math.min(count, ordered.length);
      const places = Array.from(
        { length: chosen },
        (_, i) => ordered[Math.floor(((i + 0.5) / chosen) * ordered.length)] ?? 0,
      );
      return this.#shown(group, places);
    };
    return { normal: await spread(told.normal), anomalous: await spread(told.anomalous) };
  }

  #shown({ samples, rows }: EvaluatedGroup, places: readonly number[]) {
    const shown = places.flatMap((place) => rows[place] ?? []);
    return this.reconstructor.shown(this.session, samples, shown);
  }
}

/** Samples as the model was trained on them: in that type, and scaled so. @throws ProblemError where they do not fit */
function fitting(
  { train: { dtype, shape }, scaling }: Dataset,
  other: SampleArray,
  name: string,
): SampleArray {
  if (!sameShape(other.shape, shape)) {
    const values = { name, shape: formatShape(other.shape), expected: formatShape(shape) };
    throw new ProblemError(problem('OTHER_DATA_SHAPE', values));
  }
  // A scaling is of numbers: bytes are 0–1 first, as in every use of a trained model.
  if (scaling) return scaleSamples(scaling, inType(other, 'float32'));
  return inType(other, dtype);
}

/** The same samples as numbers or as bytes, of which 255 stands for 1. */
function inType(samples: SampleArray, dtype: SampleArray['dtype']): SampleArray {
  if (samples.dtype === dtype) return samples;
  const { values } = samples;
  return {
    ...samples,
    dtype,
    values:
      dtype === 'float32'
        ? inOwnScale({ data: values })
        : Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(255 * value)))),
  };
}
