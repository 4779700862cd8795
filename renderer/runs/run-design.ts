import { documentFrom } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { showTab } from '../app/layout-store';
import { fitDrawing } from '../canvas/fit-view-command';
import { baseFolder } from '../files/base-folder';
import { mayLeave, rebased } from '../files/file-actions';
import { takeModel } from '../models/opened-model-store';
import { currentDocument, edit, openDocument, select } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';

/** Puts a design on the canvas in place of the drawing, as one step of undo; the drawing keeps its name. */
export function designOnCanvas(design: GraphDocument): void {
  const { name } = currentDocument();
  select([]);
  if (edit(() => ({ ...design, name }))) fitDrawing();
}

/** The drawing that a kept run was trained by, with its data's path as the drawing on the canvas would have it. */
async function designOf(id: string, base: string | null): Promise<GraphDocument> {
  const { document, folder } = await call('runs.open', { id });
  return rebased(documentFrom(document), folder, base);
}

/** Goes back to a kept run's design, as one step of undo. */
export async function goBackTo(id: string): Promise<void> {
  try {
    designOnCanvas(await designOf(id, baseFolder()));
    tell({ severity: 'info', message: t('runs.wentBack'), hint: t('runs.wentBackHint') });
  } catch (error) {
    tell(messageOf(error));
  }
}

/** Opens a kept run as it was trained: its design, in no file yet, with its weights, as a model file is opened. */
export async function openTrained(id: string): Promise<void> {
  try {
    const { document, folder, about } = await call('runs.openTrained', { id });
    if (!(await mayLeave())) return;
    openDocument(rebased(documentFrom(document), folder, null), null, false);
    showTab('run');
    await takeModel(about, id);
  } catch (error) {
    tell(messageOf(error));
  }
}

/** Opens a kept run's design as a drawing of its own, which is in no file yet. */
export async function openAsNew(id: string): Promise<void> {
  try {
    const design = await designOf(id, null);
    if (await mayLeave()) openDocument(design, null, false);
  } catch (error) {
    tell(messageOf(error));
  }
}
