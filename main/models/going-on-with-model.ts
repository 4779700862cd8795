import { setTraining } from '../../shared/document/edits';
import type { GraphDocument } from '../../shared/document/graph-document';
import type { RunEvent } from '../../shared/ipc/contract';
import { sameShape, valueCount } from '../../shared/tensors/shape';
import { optimizerState } from '../compile/optimizer-updates';
import { trainableState, weightState } from '../compile/weight-state';
import type { Dataset } from '../data/dataset';
import type { Executor, Tensor } from '../execute/executor';
import type { StateSpec } from '../ops/program';
import {
  type Checkpoint,
  drawingHash,
  epochsOfWhole,
  type RunOrigin,
  type RunProgress,
  trainableOn,
} from '../train/checkpoint';
import { WATCHED } from '../train/reconstructor';
import type { TrainingRunOptions } from '../train/training-run';
import type { ModelFile } from './model-file';
import { planOfModel } from './model-plan';

/** What a model is used with. */
interface Surroundings {
  readonly document: GraphDocument;
  readonly dataset: Dataset;
  readonly executor: Executor;
}

/** Of an epoch that has not begun. */
const NOTHING_DONE = { batches: 0, lossSum: 0, milliseconds: 0, terms: {}, termSamples: 0 };

/** How a run is begun that takes no step and shows a model as a run does that has ended, and what it tells of before. */
export function lookedAt(
  model: ModelFile,
  around: Surroundings,
  data: 'own' | 'none' | 'other' = 'own',
): { readonly options: TrainingRunOptions; readonly earlier: readonly RunEvent[] } {
  const { history, metrics } = model;
  const { epochs, losses, lossSteps } = history;
  const step = Math.max(epochs.at(-1)?.step ?? 0, lossSteps?.at(-1) ?? losses.length);
  const { ending, pca } = metrics;
  const seconds = ending && 'seconds' in ending ? ending.seconds : 0;
  const from: Checkpoint = {
    progress: { ...originOf(around), step, seconds, epochs, within: NOTHING_DONE, bestEpoch: null },
    state: wholeState(around.document, model.weights, model.state?.state),
    bestState: null,
    ...lossesUntil(step, history),
  };
  const keptEpoch = ending && 'keptEpoch' in ending ? ending.keptEpoch : null;
  const looks = { keptEpoch, ...(data !== 'own' && elsewhereOf(model, data === 'none')) };
  return { options: { from, looks, pca: pca === null && data !== 'none' }, earlier: pca ? [pca] : [] };
}

function elsewhereOf({ preprocessing, history, metrics }: ModelFile, withoutData: boolean) {
  const last = history.epochs.at(-1);
  const stepsPerEpoch = last ? Math.max(1, Math.round(last.step / history.epochs.length)) : 1;
  const { ending, codes } = metrics;
  return {
    elsewhere: { scaling: preprocessing.scaling, stepsPerEpoch, withoutData },
    ending: ending?.kind === 'completed' || ending?.kind === 'stopped' ? ending : null,
    codes: codes ?? null,
  };
}

/**
 * What stands in the place of a model's data that are not here: as many samples of zeros as are watched, which nothing is asked of. Values without a
 * scale are shown as from 0 to 1, standardised ones from three deviations below their mean to three above.
 */
export function noData({ document, preprocessing, manifest }: ModelFile): Dataset {
  const { dtype, scaling, columns } = preprocessing;
  const shape = planOfModel({ document }).outputShape;
  const count = WATCHED * valueCount(shape);
  const values = dtype === 'uint8' ? new Uint8Array(count) : new Float32Array(count);
  return {
    name: manifest.data?.name ?? document.name,
    train: { dtype, count: WATCHED, shape, values, labels: null },
    test: null,
    labelNames: null,
    range: scaling?.kind === 'standardise' ? [-3, 3] : [0, 1],
    fingerprint: manifest.data?.fingerprint ?? '',
    ...(columns && { columns: { all: columns, used: columns } }),
    notes: [],
  };
}

/** How a run is begun that trains a model for more epochs. */
export function trainedOn(
  model: ModelFile,
  around: Surroundings,
  moreEpochs: number,
): { readonly document: GraphDocument; readonly options: TrainingRunOptions } {
  const done = model.state?.progress ?? null;
  const whole = done ? epochsOfWhole(done) : 0;
  const document = setTraining(around.document, { epochs: whole + moreEpochs });
  // Otherwise set, the rest of an epoch would be another one's.
  const isSame =
    done !== null &&
    drawingHash(setTraining(document, { epochs: model.document.training.epochs })) === done.documentHash;
  const origin = originOf({ ...around, document });
  const progress: RunProgress = done
    ? {
        ...trainableOn(done, model.document.training.epochs),
        ...origin,
        ...(!isSame && { within: NOTHING_DONE }),
      }
    : { ...origin, step: 0, seconds: 0, epochs: [], within: NOTHING_DONE, bestEpoch: null };
  const from: Checkpoint = {
    progress: model.state?.bestState ? progress : { ...progress, bestEpoch: null },
    // Of a run that went back to its best epoch, training stands elsewhere than the weights.
    state: wholeState(document, model.state?.state, model.weights),
    bestState: model.state?.bestState ?? null,
    ...lossesUntil(progress.step, model.history),
  };
  return { document, options: { from } };
}

/** The losses of the steps up to one: a run that went back to its best epoch told more. */
function lossesUntil(step: number, { losses, lossSteps }: ModelFile['history']) {
  const count = lossSteps ? lossSteps.filter((last) => last <= step).length : Math.min(step, losses.length);
  return {
    losses: Float32Array.from(losses.slice(0, count)),
    ...(lossSteps && { lossSteps: Int32Array.from(lossSteps.slice(0, count)) }),
  };
}

/** What a run of these says that it comes from. */
function originOf({ document, dataset, executor }: Surroundings): RunOrigin {
  const { name, version, threads } = executor.describe();
  return {
    documentHash: drawingHash(document),
    data: dataset.fingerprint,
    engine: { name, version, threads },
  };
}

type Tensors = ReadonlyMap<string, Tensor>;

/** All that a drawing's training keeps, from the first of these that has it; what none has is as before the first step. */
function wholeState(
  document: GraphDocument,
  ...sources: readonly (Tensors | undefined)[]
): Map<string, Tensor> {
  const plan = planOfModel({ document });
  const kept = optimizerState(document.training.optimizer, trainableState(plan));
  const of = ({ name, shape }: StateSpec, start: number): Tensor => {
    const found = sources.map((source) => source?.get(name)).find((tensor) => tensor !== undefined);
    if (found && sameShape(found.shape, shape)) return found;
    return { dtype: 'float32', shape, data: new Float32Array(valueCount(shape)).fill(start) };
  };
  return new Map([
    ...weightState(plan).map((spec) => [spec.name, of(spec, 0)] as const),
    ...kept.map((spec) => [spec.name, of(spec, spec.start)] as const),
  ]);
}
