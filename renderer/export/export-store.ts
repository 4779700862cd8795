import { create } from 'zustand';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import type { ExportPart } from '../../shared/export/export-part';
import type { KeptRun } from '../../shared/ipc/contract';
import type { ExportedModel, ExportOffer } from '../../shared/ipc/export-schemas';
import { openDialog } from '../app/dialog-store';
import { baseFolder } from '../files/base-folder';
import { askForFile, askToChoose } from '../files/file-dialogs';
import { join, nameOf } from '../files/paths';
import { nameOfRun } from '../runs/run-name';
import { useRuns } from '../runs/runs-store';
import { useSettings } from '../settings/settings-store';
import { type Message, messageOf } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { t } from '../strings/strings';

interface ExportState {
  /** The kept run whose model it is; null before one was chosen. */
  readonly run: string | null;
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
  run: null,
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
  return exportableRuns().length > 0;
}

/** Kept runs that took a step, and so have weights. */
export function exportableRuns(): readonly KeptRun[] {
  return (useRuns.getState().listed?.runs ?? []).filter(({ steps }) => steps > 0);
}

/** Opens the dialog, for this run or the newest. */
export function openExport(run: string | undefined = exportableRuns()[0]?.id): void {
  if (run === undefined) return;
  openDialog('export');
  // What is being written goes on, and is shown.
  if (useExport.getState().writing === null) void chooseRun(run);
}

/** Asks what a run's model can be exported as. */
export async function chooseRun(id: string): Promise<void> {
  useExport.setState({ run: id, offers: null, failure: null, report: null });
  const run = exportableRuns().find((each) => each.id === id);
  if (!run) return;
  try {
    const { offers } = await call('exports.offers', { run: id, name: nameOfRun(run) || id });
    if (useExport.getState().run === id) useExport.setState({ offers });
  } catch (error) {
    if (useExport.getState().run === id) useExport.setState({ failure: messageOf(error) });
  }
}

export function chooseFormat(format: string): void {
  useExport.setState({ format, failure: null, report: null });
}

export function choosePart(part: ExportPart): void {
  useExport.setState({ part, failure: null, report: null });
}

/** Asks for the place and writes what was chosen there. */
export async function writeExport(): Promise<void> {
  const { run, offers, format, part } = useExport.getState();
  const offer = offers?.find((each) => each.name === format);
  const kept = exportableRuns().find((each) => each.id === run);
  if (!offer || !kept || work) return;
  const place = await askForPlace(offer, part);
  if (!place) return;
  const mine = new AbortController();
  work = mine;
  useExport.setState({ writing: place.path, failure: null, report: null });
  const order = { run: kept.id, name: nameOfRun(kept) || kept.id, format, part, path: place.path };
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
