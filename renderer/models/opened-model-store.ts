import { create } from 'zustand';
import { setData, setTraining } from '../../shared/document/edits';
import type { DataReference, GraphDocument } from '../../shared/document/graph-document';
import { ProblemError } from '../../shared/errors/problem';
import type { CallParams } from '../../shared/ipc/contract';
import { MODEL_STAMP, type ModelAbout } from '../../shared/ipc/model-schemas';
import { showTab } from '../app/layout-store';
import { askForData, storedPath } from '../data/choose-files';
import { baseFolder } from '../files/base-folder';
import { askToChoose } from '../files/file-dialogs';
import { runState } from '../run/run-actions';
import { followRun, showRefused, showStarting, useRun } from '../run/run-store';
import { currentDocument, edit, useDocument } from '../state/document-store';
import { type Message, messageOf, tell } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';

/** The weights that came with the drawing that is open. */
export interface OpenedModel {
  readonly about: ModelAbout;
  /** `loading`: it is made ready to be looked into. `refused`: that failed, for now. */
  readonly state: 'loading' | 'shown' | 'refused';
  /** The data it is shown on. */
  readonly data: ModelData;
  /** The run that stands for it, once it is shown. */
  readonly runId: string | null;
  /** Why it was refused, or is shown without its data. */
  readonly refusal: (Message & { readonly code: string }) | null;
  /** The drawing it came with, as the document store counts them. */
  readonly opened: number;
  /** The kept run that it was opened from; null where a file was. */
  readonly keptRun: string | null;
}

type ModelData = NonNullable<CallParams<'model.use'>['data']>;

export const useModel = create<{ readonly model: OpenedModel | null }>()(() => ({ model: null }));

/** The weights that came with the drawing that is open now; null where none did. */
export function presentModel(): OpenedModel | null {
  const { model } = useModel.getState();
  return model?.opened === useDocument.getState().opened ? model : null;
}

/**
 * Takes the weights that came with the drawing just opened, and shows what the model does.
 *
 * @param keptRun the run that it was opened from, where that was no file
 */
export async function takeModel(about: ModelAbout, keptRun: string | null = null): Promise<void> {
  const { opened } = useDocument.getState();
  useModel.setState({
    model: { about, state: 'loading', data: 'own', runId: null, refusal: null, opened, keptRun },
  });
  await showModel();
  if (presentModel()?.refusal?.code === 'MODEL_DATA_MISSING') await offerRelinking();
}

/** Finds again the weights of a drawing that was opened from its text: after a reload, or from a draft. */
export async function findModelAgain(file: { readonly path: string; readonly hash: string }): Promise<void> {
  try {
    const { model, hash } = await call('files.read', { path: file.path });
    const isOpen = useDocument.getState().file?.path === file.path;
    if (model && hash === file.hash && isOpen) await takeModel(model);
  } catch {
    // Saving will say what is wrong with it.
  }
}

/** Makes the model the run that the panels show, without training; where its data are missing, without them. */
export async function showModel(): Promise<void> {
  const model = presentModel();
  if (!model) return;
  await show(model, currentDocument());
  const refusal = presentModel()?.refusal ?? null;
  if (refusal?.code === 'MODEL_DATA_MISSING' && (await show(model, currentDocument(), 'none'))) {
    change(model, { refusal });
  }
  const { file } = useDocument.getState();
  // An engine that was restarted holds no models: the file, or the kept run, has it still.
  const isForgotten = presentModel()?.refusal?.code === 'MODEL_UNKNOWN';
  if (!isForgotten) return;
  if (file?.hash.startsWith(MODEL_STAMP)) await findModelAgain(file);
  else if (model.keptRun !== null) await openRunAgain(model, model.keptRun);
}

async function openRunAgain(model: OpenedModel, id: string): Promise<void> {
  try {
    const { about } = await call('runs.openTrained', { id });
    const again = { ...model, about };
    useModel.setState((state) => (state.model?.about === model.about ? { model: again } : state));
    await show(again, currentDocument());
  } catch (error) {
    tell(messageOf(error));
  }
}

/** @returns whether it is shown */
async function show(model: OpenedModel, document: GraphDocument, data: ModelData = 'own'): Promise<boolean> {
  const { modelId } = model.about;
  change(model, { state: 'loading', refusal: null });
  try {
    const asked = { modelId, document: { ...document }, baseFolder: baseFolder(), data };
    const { runId } = await call('model.use', asked);
    change(model, { state: 'shown', data, runId });
    // Looked at on other data, the drawing is the same.
    void followRun(runId, data === 'other' ? currentDocument() : document);
    return true;
  } catch (error) {
    const code = error instanceof ProblemError ? error.problems[0].code : '';
    change(model, { state: 'refused', refusal: { ...messageOf(error), code } });
    return false;
  }
}

function change(model: OpenedModel, changed: Partial<OpenedModel>): void {
  useModel.setState((state) =>
    state.model?.about === model.about ? { model: { ...state.model, ...changed } } : state,
  );
}

async function offerRelinking(): Promise<void> {
  const model = presentModel();
  if (!model?.refusal) return;
  const answer = await askToChoose({
    title: t('models.whereData'),
    text: model.refusal.message,
    choices: [
      { value: 'later', label: t('models.notNow') },
      { value: 'choose', label: t('models.chooseData'), kind: 'main' },
    ],
  });
  if (answer === 'choose') await relinkData();
}

/**
 * Asks where the data lie that the model was trained on. Data of the same kind are read as the drawing says, those of another as
 * they are; other data are taken for a look where the user says so.
 */
export async function relinkData(): Promise<void> {
  const model = presentModel();
  if (!model || currentDocument().data.kind === 'builtin') return;
  const path = await askForData();
  if (path === null) return;
  try {
    const relinked = setData(currentDocument(), await referenceAt(path));
    // Other data would make another drawing: the path is taken once they are the right ones.
    if (await show(model, relinked)) edit(() => relinked);
    else await offerOthers(model, relinked);
  } catch (error) {
    tell(messageOf(error));
  }
}

async function referenceAt(path: string): Promise<DataReference> {
  const { data } = currentDocument();
  const { reference } = await call('data.identify', { path, baseFolder: null });
  if (reference.kind === 'builtin') return data;
  const found = reference.kind === data.kind ? data : { ...reference, shape: data.shape };
  return { ...found, path: storedPath(path) };
}

/** Data that are there, but are not those that the model was trained on. */
async function offerOthers(model: OpenedModel, relinked: GraphDocument): Promise<void> {
  const refusal = presentModel()?.refusal ?? null;
  if (refusal?.code !== 'MODEL_OTHER_DATA') {
    tell(refusal ?? { severity: 'error', message: t('models.notShown') });
    return;
  }
  const answer = await askToChoose({
    title: t('models.otherTitle'),
    text: `${refusal.message} ${t('models.otherText')}`,
    choices: [
      { value: 'cancel', label: t('models.cancel'), kind: 'main' },
      { value: 'look', label: t('models.otherLook') },
    ],
  });
  if (answer === 'look' && (await show(model, relinked, 'other'))) return;
  if (answer === 'look')
    tell(presentModel()?.refusal ?? { severity: 'error', message: t('models.notShown') });
}

/** The picture of samples and reconstructions that the model on show brought along, as an address of this page; null where it has none. */
export async function modelPicture(runId: string): Promise<string | null> {
  const { model } = useModel.getState();
  if (model?.runId !== runId) return null;
  const { png } = await call('model.picture', { modelId: model.about.modelId });
  return png && URL.createObjectURL(new Blob([png], { type: 'image/png' }));
}

/** Trains the opened model for more epochs, from where its training stood. */
export async function trainOn(moreEpochs: number): Promise<void> {
  const model = presentModel();
  if (!model || runState() !== 'idle') return;
  const before = useRun.getState();
  showTab('run');
  showStarting(currentDocument());
  try {
    const asked = { document: { ...currentDocument() }, baseFolder: baseFolder(), moreEpochs };
    const begun = await call('model.trainOn', { modelId: model.about.modelId, ...asked });
    const epochs = epochsOf(begun.document);
    // The run is of the drawing with these epochs, and so is the canvas.
    if (epochs !== null) edit((document) => setTraining(document, { epochs }));
    await followRun(begun.runId, currentDocument());
  } catch (error) {
    showRefused(before, error);
  }
}

function epochsOf({ training }: Record<string, unknown>): number | null {
  if (typeof training !== 'object' || training === null || !('epochs' in training)) return null;
  return typeof training.epochs === 'number' ? training.epochs : null;
}
