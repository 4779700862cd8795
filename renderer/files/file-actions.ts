import { documentText, parseDocument } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newDocument } from '../../shared/document/new-document';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { Backup } from '../../shared/ipc/backup-contract';
import type { CallParams, CallResult } from '../../shared/ipc/contract';
import type { FileAnswer } from '../../shared/ipc/shell-schemas';
import { drawingIn, hasDrawing } from '../../shared/sharing/drawing-picture';
import { sharedDocument } from '../../shared/sharing/shared-document';
import { closeDialog } from '../app/dialog-store';
import { takeModel } from '../models/opened-model-store';
import { savesWeights, weightsSource } from '../models/weights-source';
import { useSettings } from '../settings/settings-store';
import { openShared } from '../share/open-shared';
import { shell } from '../shell/own-shell';
import { currentDocument, isDirty, markSaved, openDocument, useDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { baseFolder } from './base-folder';
import { askForFile, askToChoose } from './file-dialogs';
import { folderOf, isAbsolute, nameOf, relativeTo, resolveFrom } from './paths';
import { forgetDraft } from './recovery-draft';
import { askForRescue } from './rescue';

const ENDING = '.hourglass';
/** A picture of a drawing, with the drawing inside. */
const PICTURE = '.png';
/** Of a drawing's text; the host's own limit for files. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Asks what to begin with; unsaved changes first. */
export async function newFile(): Promise<void> {
  if (!(await mayLeave())) return;
  const start = await askToChoose({
    title: t('files.newTitle'),
    text: t('files.newText'),
    choices: [
      { value: 'cancel', label: t('files.cancel') },
      { value: 'empty', label: t('files.newEmpty') },
      { value: 'stack', label: t('files.newSmall'), kind: 'main' },
    ],
  });
  if (start === 'empty') openDocument(emptyDocument(), null);
  if (start === 'stack') openDocument(newDocument(), null);
}

/** Begins with nothing but the two ends; unsaved changes first. */
export async function newEmpty(): Promise<void> {
  if (await mayLeave()) openDocument(emptyDocument(), null);
}

/** Begins with a small dense autoencoder on the built-in digits; unsaved changes first. */
export async function newStack(): Promise<void> {
  if (await mayLeave()) openDocument(newDocument(), null);
}

export async function openFile(): Promise<void> {
  if (!(await mayLeave())) return;
  const answer = await askForFile({
    title: t('files.openTitle'),
    purpose: 'open',
    endings: [ENDING, PICTURE],
    folder: startingFolder(),
  });
  if (answer && !(await isShownElsewhere(answer.path))) await read(answer.path);
}

/** Opens the drawing at a path: one opened before, or one that the system handed to the app. */
export async function openPath(path: string): Promise<void> {
  if (!(await isShownElsewhere(path)) && (await mayLeave())) await read(path);
}

/** Opens a drawing that was dropped on the window; where its place can't be known, as a new one. */
export async function openDropped(file: File): Promise<void> {
  const path = shell.droppedPath();
  if (path !== null) {
    await openPath(path);
    return;
  }
  if (!(await mayLeave())) return;
  try {
    if (file.size > MOST_BYTES) {
      const values = { path: file.name, bytes: file.size, limit: MOST_BYTES };
      throw new ProblemError(problem('FILE_TOO_LARGE', values));
    }
    if (isPicture(file.name)) openShared(drawingIn(new Uint8Array(await file.arrayBuffer()), file.name));
    else if (await isArchive(file)) {
      const message = t('models.droppedModel', { name: file.name });
      tell({ severity: 'info', message, hint: t('models.droppedHint') });
    } else openDocument(parseDocument(await file.text()), null);
  } catch (error) {
    tell(messageOf(error));
  }
}

/** Whether a file carries weights: it is an archive then, and no text. */
async function isArchive(file: File): Promise<boolean> {
  const bytes = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return [0x50, 0x4b, 0x03, 0x04].every((byte, at) => bytes[at] === byte);
}

export function isDrawing({ name }: File): boolean {
  return name.toLowerCase().endsWith(ENDING);
}

/** Whether a file is a picture with a drawing inside. */
export async function holdsDrawing(file: File): Promise<boolean> {
  if (!isPicture(file.name) || file.size > MOST_BYTES) return false;
  return hasDrawing(new Uint8Array(await file.arrayBuffer()));
}

function isPicture(name: string): boolean {
  return name.toLowerCase().endsWith(PICTURE);
}

/** A file is worked on in one window: another that has it open comes forward. */
async function isShownElsewhere(path: string): Promise<boolean> {
  try {
    return await shell.showIfOpen(path);
  } catch {
    // Without its shell the window can still say why it can't read the file.
    return false;
  }
}

/** Opens an example as a new drawing, so that saving never writes into the app's own folder. */
export async function openExample(path: string): Promise<void> {
  if (await mayLeave()) await openAsNew({ path });
}

async function openAsNew(asked: CallParams<'files.read'>): Promise<void> {
  try {
    const file = await call('files.read', asked);
    openDocument(rebased(parseDocument(file.text), folderOf(file.path), null), null);
  } catch (error) {
    tell(messageOf(error));
  }
}

async function read(path: string): Promise<void> {
  try {
    const file = await call('files.read', { path });
    const document = parseDocument(file.text);
    // A picture is no file to save into. Data of the name that it says may lie beside it.
    if (isPicture(path)) openShared(rebased(sharedDocument(document), folderOf(file.path), null));
    else openDocument(document, { path: file.path, hash: file.hash });
    forgetDraft();
    if (file.model) void takeModel(file.model);
  } catch (error) {
    await rescue(path, error);
  }
}

/** Opens what can be had of a file that can't be opened, where the user wants it. */
async function rescue(path: string, error: unknown): Promise<void> {
  const wanted = await askForRescue(path, error);
  if (wanted === null) tell(messageOf(error));
  else if (wanted.kind === 'backup') await restore(wanted.backup);
  else if (wanted.kind === 'drawing') await openAsNew({ path, drawingOnly: true });
}

/** How a drawing is written: alone, or with its weights and perhaps a picture; unless told, as its file has it. */
interface Writing {
  readonly weights: boolean;
  readonly pictures?: boolean;
}

/** Whether the drawing is now in its file. A file that carries weights keeps carrying some. */
export async function saveFile(): Promise<boolean> {
  const { file } = useDocument.getState();
  return file ? write(file.path, file.hash, { weights: savesWeights() }) : saveFileAs();
}

export async function saveFileAs(writing: Writing = { weights: savesWeights() }): Promise<boolean> {
  const { file } = useDocument.getState();
  const answer = await askForFile({
    title: writing.weights ? t('models.saveDialog') : t('files.saveTitle'),
    purpose: 'save',
    endings: [ENDING],
    folder: startingFolder(),
    name: file ? nameOf(file.path) : proposedName(ENDING),
  });
  if (!answer) return false;
  const { path } = answer;
  if (path !== file?.path && !(await mayWrite(answer))) return false;
  return write(path, path === file?.path ? file.hash : null, writing);
}

/** Puts a backup in its file's place and opens it; unsaved changes first. */
export async function restoreBackup(backup: Backup): Promise<void> {
  closeDialog();
  if (!(await isShownElsewhere(backup.path)) && (await mayLeave())) await restore(backup);
}

async function restore({ id, number, path }: Backup): Promise<void> {
  try {
    await call('backups.restore', { id });
    await read(path);
    const message = t('backups.restored', { name: nameOf(path), number });
    tell({ severity: 'info', message, hint: t('backups.restoredHint') });
  } catch (error) {
    tell(messageOf(error));
  }
}

/** Whether a file may be written where the user has said: it is not there yet, or the user gives up what it holds. */
export async function mayWrite({ path, mayReplace }: NonNullable<FileAnswer>): Promise<boolean> {
  if (mayReplace || !(await exists(path))) return true;
  const choice = await askToChoose({
    title: t('files.replaceTitle', { name: nameOf(path) }),
    text: t('files.replaceText'),
    choices: [
      { value: 'cancel', label: t('files.cancel'), kind: 'main' },
      { value: 'replace', label: t('files.replace'), kind: 'danger' },
    ],
  });
  return choice === 'replace';
}

async function exists(path: string): Promise<boolean> {
  try {
    const { entries } = await call('files.list', { path: folderOf(path) });
    return entries.some((entry) => entry.name === nameOf(path));
  } catch {
    // A folder that can't be listed will refuse the writing with a sentence of its own.
    return false;
  }
}

async function write(path: string, expectedHash: string | null, writing: Writing): Promise<boolean> {
  const before = currentDocument();
  const document = rebased(before, baseFolder(), folderOf(path));
  try {
    const written = await put(path, expectedHash, document, writing);
    markSaved(document, { path: written.path, hash: written.hash }, before);
    forgetDraft();
    return true;
  } catch (error) {
    const code = error instanceof ProblemError ? error.problems[0].code : '';
    if (code === 'FILE_CHANGED') return settleConflict(path, messageOf(error).message, writing);
    if (writing.weights && WEIGHTS_GONE.has(code)) return offerDrawingAlone(messageOf(error).message);
    if (PLACE_REFUSED.has(code)) return offerOtherPlace(path, messageOf(error).message, writing);
    tell(messageOf(error));
    return false;
  }
}

/** Why a drawing can be saved only without weights. */
const WEIGHTS_GONE: ReadonlySet<string> = new Set(['MODEL_UNFIT', 'MODEL_UNKNOWN', 'MODEL_CHANGED']);

/** Why a drawing can't be saved where it is, but may be elsewhere. */
const PLACE_REFUSED: ReadonlySet<string> = new Set(['FILE_PERMISSION', 'DISK_FULL', 'FILE_MISSING']);

async function offerOtherPlace(path: string, text: string, writing: Writing): Promise<boolean> {
  const answer = await askToChoose({
    title: t('files.placeTitle', { name: nameOf(path) }),
    text,
    choices: [
      { value: 'cancel', label: t('files.cancel') },
      { value: 'as', label: t('files.saveElsewhere'), kind: 'main' },
    ],
  });
  return answer === 'as' ? saveFileAs(writing) : false;
}

function put(path: string, expectedHash: string | null, document: GraphDocument, writing: Writing) {
  if (!writing.weights) return call('files.write', { path, text: documentText(document), expectedHash });
  return putModel(path, expectedHash, document, writing.pictures ?? null);
}

/** Has a drawing written with weights, and says where a picture that was asked for could not go along. */
export async function putModel(
  path: string,
  expectedHash: string | null,
  document: GraphDocument,
  pictures: boolean | null,
): Promise<CallResult<'files.writeModel'>> {
  const order = { path, document: { ...document }, expectedHash, source: weightsSource(), pictures };
  const written = await call('files.writeModel', order);
  if (pictures && !written.pictures) {
    tell({ severity: 'info', message: t('models.noPicture'), hint: t('models.noPictureHint') });
  }
  return written;
}

/** The weights are of another drawing by now: they stay in the file they are in, and the drawing goes into another. */
async function offerDrawingAlone(text: string): Promise<boolean> {
  const answer = await askToChoose({
    title: t('models.unfitTitle'),
    text,
    choices: [
      { value: 'cancel', label: t('models.cancel'), kind: 'main' },
      { value: 'alone', label: t('models.drawingAlone') },
    ],
  });
  return answer === 'alone' ? saveFileAs({ weights: false }) : false;
}

/** Somebody else changed the file since it was read: nothing is written before the user has chosen. */
async function settleConflict(path: string, text: string, writing: Writing): Promise<boolean> {
  const answer = await askToChoose({
    title: t('files.changedTitle', { name: nameOf(path) }),
    text,
    choices: [
      { value: 'cancel', label: t('files.cancel'), kind: 'main' },
      { value: 'reload', label: t('files.reload'), kind: 'danger' },
      { value: 'replace', label: t('files.overwrite'), kind: 'danger' },
      { value: 'as', label: t('files.keepCopy') },
    ],
  });
  if (answer === 'reload') await read(path);
  if (answer === 'as') return saveFileAs(writing);
  return answer === 'replace' ? write(path, null, writing) : false;
}

/** Whether the drawing may be replaced, or its window closed: it is saved, or the user gives it up. */
export async function mayLeave(): Promise<boolean> {
  if (!isDirty(useDocument.getState())) return true;
  const answer = await askToChoose({
    title: t('files.leaveTitle'),
    text: t('files.leaveText', { name: currentDocument().name }),
    choices: [
      { value: 'cancel', label: t('files.cancel') },
      { value: 'discard', label: t('files.discard'), kind: 'danger' },
      { value: 'save', label: t('files.save'), kind: 'main' },
    ],
  });
  // What is given up is still kept aside until the drawing is really gone.
  return answer === 'save' ? saveFile() : answer === 'discard';
}

/** A file name after the drawing's own, that every system takes. */
export function proposedName(ending: string): string {
  const name = currentDocument()
    .name.trim()
    .replace(/[\\/:*?"<>|]/g, '-');
  return `${name || 'drawing'}${ending}`;
}

/** Where questions about files begin. */
export function startingFolder(): string {
  const { filesFolder } = useSettings.getState().settings;
  return baseFolder() ?? filesFolder ?? useSession.getState().host?.home ?? '/';
}

/** The same document for another folder: data paths are relative to it, so that drawing and data can move together. */
export function rebased(document: GraphDocument, from: string | null, to: string | null): GraphDocument {
  const { data } = document;
  if (data.kind === 'builtin' || from === to) return document;
  const absolute = from === null || isAbsolute(data.path) ? data.path : resolveFrom(from, data.path);
  const path = to === null || !isAbsolute(absolute) ? absolute : relativeTo(to, absolute);
  return path === data.path ? document : { ...document, data: { ...data, path } };
}
