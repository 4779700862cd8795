import { dirname } from 'node:path';
import { documentFrom, documentText } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import type { CancelSignal } from '../../shared/ipc/cancel-signal';
import type { CallParams, CallResult, RunEvent } from '../../shared/ipc/contract';
import type { Handlers } from '../../shared/ipc/handlers';
import type { ParentRun } from '../../shared/ipc/kept-run-schemas';
import { formatShape, sameShape } from '../../shared/tensors/shape';
import type { Dataset } from '../data/dataset';
import type { EngineName, Executor } from '../execute/executor';
import { removeForsaken } from '../models/atomic-file';
import { lookedAt, noData, trainedOn } from '../models/going-on-with-model';
import type { ModelFile } from '../models/model-file';
import { modelHasPicture, readModelDrawing, readModelFile } from '../models/model-file-reader';
import { type ModelToSave, writeModelFile } from '../models/model-file-writer';
import { modelOfFolder } from '../models/model-of-folder';
import { assertFit, assertRests, fittingState, modelOfRun, pictureOf } from '../models/model-of-run';
import { planOfModel } from '../models/model-plan';
import type { ModelShelf } from '../models/model-shelf';
import { modelStamp } from '../models/model-stamp';
import { weightProblems } from '../models/weight-problems';
import type { TrainingRunInput } from '../train/training-run';
import { abortSignalOf } from './abort-signal';
import type { DatasetShelf } from './dataset-shelf';
import type { RunToKeep } from './run-keeping';

/** What these handlers need of those of runs. */
export interface ModelHandlersContext {
  readonly datasets: DatasetShelf;
  readonly models: ModelShelf;
  /** Does what no run may go on beside. @throws ProblemError where one does */
  alone<T>(work: () => Promise<T>): Promise<T>;
  openExecutor(engine?: EngineName): Promise<Executor>;
  /** Makes a run that takes the place of the last one, and starts it. */
  begin(
    input: Pick<TrainingRunInput, 'document' | 'dataset' | 'executor' | 'options'>,
    begun: {
      readonly baseFolder: string | null;
      readonly earlier?: readonly RunEvent[];
      readonly model?: ModelFile;
      /** The run that it branches off from. */
      readonly parent?: ParentRun | undefined;
    },
  ): Promise<{ runId: string }>;
  /** The run of this id, where it is held. */
  held(runId: string): (RunToKeep & { readonly model?: ModelFile }) | null;
}

/** Answers every `model.*`. */
export function addModelHandlers(handlers: Handlers, context: ModelHandlersContext): void {
  const { models } = context;
  handlers
    .onCall('model.open', async ({ path }) => {
      const stamp = await stampOf(path);
      await removeForsaken(dirname(path));
      const model = await readModelFile(path);
      return { text: documentText(model.document), stamp, about: aboutOf(models.put(model), model) };
    })
    .onCall('model.drawing', async ({ path }) => ({ text: documentText(await readModelDrawing(path)) }))
    .onCall('model.openFolder', async ({ folder }) => {
      const { model } = await modelOfFolder(folder, true);
      return { document: { ...model.document }, about: aboutOf(models.put(model), model) };
    })
    .onCall('model.use', ({ modelId, data = 'own', ...asked }, { signal }) =>
      openWith(context, modelId, { ...asked, data }, signal, ({ model, document, dataset, executor }) => {
        const { options, earlier } = lookedAt(model, { document, dataset, executor }, data);
        return context.begin({ document, dataset, executor, options }, { ...asked, earlier, model });
      }),
    )
    .onCall('model.picture', ({ modelId }) => ({ png: copyOf(models.find(modelId).thumbnail) }))
    .onCall('model.trainOn', ({ modelId, moreEpochs, ...asked }, { signal }) =>
      openWith(context, modelId, asked, signal, async ({ model, dataset, executor, ...drawn }) => {
        const { document, options } = trainedOn(model, { ...drawn, dataset, executor }, moreEpochs);
        const parent = model.keptRun;
        const begun = await context.begin({ document, dataset, executor, options }, { ...asked, parent });
        return { ...begun, document: { ...document } };
      }),
    )
    .onCall('model.save', async ({ path, document: drawing, ...order }) => {
      const document = documentFrom(drawing);
      const { file } = order.source;
      const pictures = order.pictures ?? (file !== null && (await modelHasPicture(file.path)));
      const model = await chosenModel(context, document, { ...order, pictures });
      return { stamp: await writeModelFile(path, model), pictures: model.thumbnail !== null };
    });
}

/** A picture in memory of its own, as a transport gives it away. */
function copyOf(picture: Uint8Array | null): Uint8Array<ArrayBuffer> | null {
  return picture && new Uint8Array(picture);
}

interface OpenedModel {
  readonly model: ModelFile;
  readonly document: GraphDocument;
  readonly dataset: Dataset;
  readonly executor: Executor;
}

/** Finds a model and its data, for work that no run may go on beside. */
function openWith<T>(
  { datasets, models, alone, openExecutor }: ModelHandlersContext,
  modelId: string,
  {
    document: drawing,
    baseFolder,
    engine,
    data = 'own',
  }: Omit<CallParams<'model.trainOn'>, 'modelId' | 'moreEpochs'> & Pick<CallParams<'model.use'>, 'data'>,
  signal: CancelSignal,
  work: (opened: OpenedModel) => Promise<T>,
): Promise<T> {
  return alone(async () => {
    const model = models.find(modelId);
    const document = documentFrom(drawing);
    assertFit(weightProblems(planOfModel({ document }), model.weights));
    const load = () => datasets.load(document.data, baseFolder, { signal: abortSignalOf(signal) });
    const dataset = data === 'none' ? noData(model) : await dataOf(model, document, load, data === 'other');
    const own = model.manifest.engine?.name;
    // The engine that made it goes on to the bit; where it is not here, another does.
    const executor = await openExecutor(engine ?? own).catch((error: unknown) => {
      if (engine || !own) throw error;
      return openExecutor();
    });
    if (signal.aborted) throw new Cancelled();
    return work({ model, document, dataset, executor });
  });
}

/**
 * @param others whether other data than the model's own will do, of the same shape
 * @throws ProblemError MODEL_DATA_MISSING, MODEL_OTHER_DATA, OTHER_DATA_SHAPE
 */
async function dataOf(
  { manifest: { data }, document: own }: ModelFile,
  document: GraphDocument,
  load: () => Promise<{ readonly dataset: Dataset }>,
  others: boolean,
): Promise<Dataset> {
  try {
    const { dataset } = await load();
    const { shape } = dataset.train;
    const expected = planOfModel({ document: own }).outputShape;
    if (!sameShape(shape, expected)) {
      const values = { name: dataset.name, shape: formatShape(shape), expected: formatShape(expected) };
      throw new ProblemError(problem('OTHER_DATA_SHAPE', values));
    }
    if (!others && data && dataset.fingerprint !== data.fingerprint) {
      const values = { name: data.name, expected: data.fingerprint, got: dataset.fingerprint };
      throw new ProblemError(problem('MODEL_OTHER_DATA', values));
    }
    return dataset;
  } catch (error) {
    if (!(error instanceof ProblemError) || OTHERS.has(error.problems[0].code)) throw error;
    const { name, fingerprint } = data ?? { name: document.name, fingerprint: 'unknown' };
    const values = { name, fingerprint, reason: error.problems[0].message };
    throw new ProblemError(problem('MODEL_DATA_MISSING', values), ...error.problems);
  }
}

/** What is said of data that are there, but are others. */
const OTHERS: ReadonlySet<string> = new Set(['MODEL_OTHER_DATA', 'OTHER_DATA_SHAPE']);

type SaveOrder = Omit<CallParams<'model.save'>, 'path' | 'document'> & { readonly pictures: boolean };

/** The weights that go into a file, from the first source that has some which fit. */
async function chosenModel(
  { models, held }: ModelHandlersContext,
  document: GraphDocument,
  { source, pictures, app }: SaveOrder,
): Promise<ModelToSave> {
  const run = source.runId === null ? null : held(source.runId);
  let unfit: unknown = null;
  if (run && !run.model) {
    try {
      return await savedRun(run, document, pictures, app);
    } catch (error) {
      // Where the drawing was opened with other weights, those may still fit.
      const isUnfit = error instanceof ProblemError && error.problems[0].code === 'MODEL_UNFIT';
      if (!isUnfit) throw error;
      unfit = error;
    }
  }
  const model = run?.model ?? (await otherModel(models, source, pictures));
  if (!model) throw unfit ?? new ProblemError(problem('MODEL_UNKNOWN', undefined));
  assertFit(weightProblems(planOfModel({ document }), model.weights));
  const { weights, preprocessing, history, metrics, manifest } = model;
  const thumbnail = pictures ? await pictureFor(model, run?.model === model ? run.run : null) : null;
  const { engine, trained, data } = manifest;
  const state = fittingState(model.state, document);
  return {
    ...{ document, weights, preprocessing, state, history, metrics, thumbnail },
    manifest: { app, engine, trained, data },
  };
}

/** The picture that came with a model, else one by the run that shows it; null where its samples are not here. */
async function pictureFor(model: ModelFile, shown: RunToKeep['run'] | null): Promise<Uint8Array | null> {
  const { state, elsewhere } = shown?.summary() ?? {};
  // Of other data than its own a picture would say nothing about it.
  if (model.thumbnail || !shown || state !== 'completed' || elsewhere) return model.thumbnail;
  return pictureOf(shown);
}

async function otherModel(
  models: ModelShelf,
  { modelId, folder, file }: SaveOrder['source'],
  pictures: boolean,
): Promise<ModelFile | null> {
  if (folder !== undefined) return (await modelOfFolder(folder, pictures)).model;
  if (modelId !== null) {
    try {
      return models.find(modelId);
    } catch (error) {
      if (file === null) throw error;
    }
  }
  if (file === null) return null;
  if ((await stampOf(file.path)) !== file.stamp) {
    throw new ProblemError(problem('MODEL_CHANGED', { path: file.path }));
  }
  return readModelFile(file.path);
}

async function savedRun(
  { run, log }: RunToKeep,
  document: GraphDocument,
  pictures: boolean,
  app: string,
): Promise<ModelToSave> {
  assertRests(run);
  const { losses, lossSteps } = log.lossHistory();
  const { pca, ending } = log;
  return modelOfRun({
    run,
    document,
    app,
    pictures,
    losses: { losses: Array.from(losses.values), ...(lossSteps && { lossSteps }) },
    metrics: { ending, pca: pca && { kind: 'pca', ...pca } },
  });
}

/** What is told of a model kept under an id. */
export function aboutOf(
  modelId: string,
  { manifest, history }: ModelFile,
): CallResult<'model.open'>['about'] {
  const { data, engine, app, saved } = manifest;
  return { modelId, data, engine, app, saved, epochs: history.epochs.length, steps: stepsOf(history) };
}

function stepsOf({ epochs, losses, lossSteps }: ModelFile['history']): number {
  return Math.max(epochs.at(-1)?.step ?? 0, lossSteps?.at(-1) ?? losses.length);
}

async function stampOf(path: string): Promise<string> {
  try {
    return await modelStamp(path);
  } catch (error) {
    throw fileProblem(error, path, 'read');
  }
}
