import { create } from 'zustand';
import { parseDocument } from '../../shared/document/document-text';
import { ProblemError } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import { closeDialog, openDialog } from '../app/dialog-store';
import { mayLeave, startingFolder } from '../files/file-actions';
import { askForFile } from '../files/file-dialogs';
import { nameOf } from '../files/paths';
import { openDocument } from '../state/document-store';
import { type Message, messageOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { takeModel } from './opened-model-store';

/** What of models of other programs is opened. */
const ENDINGS = ['.keras', '.h5', '.hdf5', '.onnx', '.json'];

type Imported = CallResult<'model.import'>;

/** The import that the dialog tells of. */
interface Import {
  /** Of the file. */
  readonly name: string;
  readonly imported: Imported | null;
  /** Everything that is in the way; null while nothing is. */
  readonly refusal: readonly Message[] | null;
}

export const useImport = create<{ readonly present: Import | null }>()(() => ({ present: null }));

/** Asks for a model of another program and opens its drawing, with its weights; unsaved changes first. */
export async function importForeignModel(): Promise<void> {
  if (!(await mayLeave())) return;
  const title = t('models.import.choose');
  const answer = await askForFile({ title, purpose: 'open', endings: ENDINGS, folder: startingFolder() });
  if (answer) await importFrom(answer.path);
}

/** Whether a file is a model of another program, by its name; a `.json` may be anything. */
export function isForeignModel({ name }: File): boolean {
  return ENDINGS.some((ending) => ending !== '.json' && name.toLowerCase().endsWith(ending));
}

/** Opens one that was dropped on the window; unsaved changes first. */
export async function importDropped(path: string): Promise<void> {
  if (await mayLeave()) await importFrom(path);
}

async function importFrom(path: string): Promise<void> {
  const begun: Import = { name: nameOf(path), imported: null, refusal: null };
  useImport.setState({ present: begun });
  openDialog('import');
  try {
    const imported = await call('model.import', { path });
    // Closed meanwhile, it is not wanted any more.
    if (useImport.getState().present !== begun) return;
    openDocument(parseDocument(imported.text), null);
    useImport.setState({ present: { ...begun, imported } });
  } catch (error) {
    if (useImport.getState().present !== begun) return;
    const refusal = error instanceof ProblemError ? error.problems : [messageOf(error)];
    useImport.setState({ present: { ...begun, refusal } });
  }
}

/** Closes the dialog; what was imported is then looked into. */
export function endImport(): void {
  const { present } = useImport.getState();
  useImport.setState({ present: null });
  closeDialog();
  if (present?.imported) void takeModel(present.imported.about);
}
