import { documentText } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { sharedDocument } from '../../shared/sharing/shared-document';
import { closeDialog } from '../app/dialog-store';
import { baseFolder } from '../files/base-folder';
import { mayWrite, proposedName, putModel, rebased, startingFolder } from '../files/file-actions';
import { askForFile } from '../files/file-dialogs';
import { folderOf, nameOf } from '../files/paths';
import { useDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';

/** Asks where to and saves the picture. */
export async function savePicture(png: Uint8Array): Promise<void> {
  await saved('.png', t('share.savePictureTitle'), async (path) => {
    await call('share.savePicture', { path, png });
  });
}

/** Asks where to and saves a copy of the drawing to give away; the drawing's own file stays what it is. */
export async function saveCopy(document: GraphDocument, withPlace: boolean): Promise<void> {
  await saved('.hourglass', t('share.saveCopyTitle'), async (path) => {
    const copy = withPlace ? rebased(document, baseFolder(), folderOf(path)) : sharedDocument(document);
    await call('files.write', { path, text: documentText(copy), expectedHash: null });
  });
}

/** Saves a copy of the drawing with its weights, without where its data lie. */
export async function saveModelCopy(document: GraphDocument, pictures: boolean): Promise<void> {
  await saved('.hourglass', t('models.saveDialog'), async (path) => {
    await putModel(path, null, sharedDocument(document), pictures);
  });
}

async function saved(ending: string, title: string, write: (path: string) => Promise<void>): Promise<void> {
  const answer = await askForFile({
    title,
    purpose: 'save',
    endings: [ending],
    folder: startingFolder(),
    name: proposedName(ending),
  });
  if (!answer) return;
  const { path } = answer;
  if (path === useDocument.getState().file?.path) {
    tell({
      severity: 'warning',
      message: t('share.ownFile', { file: nameOf(path) }),
      hint: t('share.ownFileHint'),
    });
    return;
  }
  if (!(await mayWrite(answer))) return;
  try {
    await write(path);
    closeDialog();
    tell({ severity: 'info', message: t('share.saved', { file: nameOf(path) }) });
  } catch (error) {
    tell(messageOf(error));
  }
}
