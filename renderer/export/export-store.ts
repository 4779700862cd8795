import { create } from 'zustand';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import type { ExportPart } from '../../shared/export/export-part';
import type { ExportedModel, ExportOffer } from '../../shared/ipc/export-schemas';
import type { TrainedModelChoice } from '../../shared/ipc/model-schemas';
import { openDialog } from '../app/dialog-store';
import { baseFolder } from '../files/base-folder';
import { askForFile, askToChoose } from '../files/file-dialogs';
import { join, nameOf } from '../files/paths';
import { useSettings } from '../settings/settings-store';
import { type Message, messageOf } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { keyOf, type ModelAtHand, trainedModels, usualModel } from './trained-models';

interface ExportState {
  /** The key of the model; null before one was chosen. */
  readonly model: string | null;
  /** What it can be exported as; null while that is asked. */
  readonly offers: readonly ExportOffer[] | null;
  readonly format: string;
  readonly part: ExportPart;
  /** Where it is being written; null while nothing is. */
  readonly writing: string | null;
  readonly failure: Message | null;
  readonly report: ExportedModel | null;
}

export const useExport = create<ExportState>()(() => ({
  model: null,
  offers: null,
  format: 'onnx',
  part: 'whole',
  writing: null,
  failure: null,
  report: null,
}));

let work: AbortController | null = null;

/** Whether there is a model to be exported. */
export function canExport(): boolean {
  return usualModel() !== null;
}

/** Opens the dialog, for this model or the one that is meant unless said. */
export function openExport(choice: TrainedModelChoice | undefined = usualModel()?.choice): void {
  if (choice === undefined) return;
  openDialog('export');
  // What is being written goes on, and is shown.
  if (useExport.getState().writing === null) void chooseModel(keyOf(choice));
}

/** Asks what a model can be exported as. */
export async function chooseModel(key: string): Promise<void> {
  useExport.setState({ model: key, offers: null, failure: null, report: null });
  const model = modelOf(key);
  if (!model) return;
  try {
    const { offers } = await call('exports.offers', { model: model.choice, name: model.name });
    if (useExport.getState().model === key) useExport.setState({ offers });
  } catch (error) {
    if (useExport.getState().model === key) useExport.setState({ failure: messageOf(error) });
  }
}

/** The model that is chosen, as long as it is there. */
export function modelOf(key: string | null): ModelAtHand | undefined {
  const { own, kept } = trainedModels();
  return [...own, ...kept].find((each) => each.key === key);
}

export function chooseFormat(format: string): void {
  useExport.setState({ format, failure: null, report: null });
}

export function choosePart(part: ExportPart): void {
  useExport.setState({ part, failure: null, report: null });
}

/** Asks for the place and writes what was chosen there. */
export async function writeExport(): Promise<void> {
  const { model: key, offers, format, part } = useExport.getState();
  const offer = offers?.find((each) => each.name === format);
  const model = modelOf(key);
  if (!offer || !model || work) return;
  const place = await askForPlace(offer, part);
  if (!place) return;
  const mine = new AbortController();
  work = mine;
  useExport.setState({ writing: place.path, failure: null, report: null });
  const order = { model: model.choice, name: model.name, format, part, path: place.path };
  try {
    const report = await written(order, place.mayReplace, mine.signal);
    if (report) useExport.setState({ report });
  } catch (error) {
    if (!(error instanceof Cancelled)) useExport.setState({ failure: messageOf(error) });
  } finally {
    work = null;
    useExport.setState({ writing: null });
  }
}

export function cancelExport(): void {
  work?.abort();
}

type Order = Omit<Parameters<typeof call<'exports.write'>>[1], 'replace'>;

/** Writes, and where something is in the way asks whether it may be replaced. @returns null where it may not */
async function written(
  order: Order,
  mayReplace: boolean,
  signal: AbortSignal,
): Promise<ExportedModel | null> {
  try {
    return await call('exports.write', { ...order, replace: mayReplace }, signal);
  } catch (error) {
    const isThere = error instanceof ProblemError && error.problems[0].code === 'EXPORT_EXISTS';
    if (!isThere || mayReplace) throw error;
  }
  const answer = await askToChoose({
    title: t('exports.replaceTitle', { name: nameOf(order.path) }),
    text: t('exports.replaceText'),
    choices: [
      { value: 'cancel', label: t('exports.cancel'), kind: 'main' },
      { value: 'replace', label: t('exports.replace'), kind: 'danger' },
    ],
  });
  return answer === 'replace' ? call('exports.write', { ...order, replace: true }, signal) : null;
}

/** A file is named by the user; a folder that is made is named after the model, in a folder that the user chooses. */
async function askForPlace({ title, extension, parts }: ExportOffer, part: ExportPart) {
  const name = parts.find((each) => each.part === part)?.fileName ?? 'model';
  const { filesFolder } = useSettings.getState().settings;
  const folder = baseFolder() ?? filesFolder ?? useSession.getState().host?.home ?? '/';
  if (extension !== null) {
    const question = { title: t('exports.placeTitle', { title }), purpose: 'save', folder, name } as const;
    return askForFile({ ...question, endings: [extension] });
  }
  const question = { title: t('exports.folderTitle', { name }), purpose: 'folder', folder } as const;
  const answer = await askForFile({ ...question, endings: [] });
  return answer && { path: join(answer.path, name), mayReplace: false };
}
