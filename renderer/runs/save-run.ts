import { documentFrom } from '../../shared/document/document-text';
import type { KeptRun } from '../../shared/ipc/contract';
import { mayWrite, rebased, startingFolder } from '../files/file-actions';
import { askForFile, askToChoose } from '../files/file-dialogs';
import { fileName, folderOf, nameOf } from '../files/paths';
import { messageOf, tell } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { nameOfRun } from './run-name';

/** Saves a kept run as a model file of the user's choice, once it was said what goes along. */
export async function saveAsModelFile(run: KeptRun): Promise<void> {
  const wanted = await askToChoose({
    title: t('runs.saveModelDialog'),
    text: t('runs.saveModelText'),
    choices: [
      { value: 'cancel', label: t('runs.cancel') },
      { value: 'pictures', label: t('runs.saveWithPicture') },
      { value: 'plain', label: t('runs.saveWithoutPicture'), kind: 'main' },
    ],
  });
  if (wanted !== 'pictures' && wanted !== 'plain') return;
  const pictures = wanted === 'pictures';
  const answer = await askForFile({
    title: t('runs.saveModelDialog'),
    purpose: 'save',
    endings: ['.hourglass'],
    folder: startingFolder(),
    name: `${fileName(nameOfRun(run)) || run.id}.hourglass`,
  });
  if (!answer || !(await mayWrite(answer))) return;
  const { path } = answer;
  try {
    const { document, folder } = await call('runs.open', { id: run.id });
    const moved = rebased(documentFrom(document), folder, folderOf(path));
    await call('runs.saveModel', { id: run.id, path, document: { ...moved }, pictures });
    const message = t('runs.savedModel', { file: nameOf(path) });
    tell({ severity: 'info', message, hint: t('runs.savedModelHint') });
  } catch (error) {
    tell(messageOf(error));
  }
}
