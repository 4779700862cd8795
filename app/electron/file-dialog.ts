import { extname, join } from 'node:path';
import { type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import type { FileAnswer, FileQuestion } from '../../shared/ipc/shell-schemas';

/** Whether one dialog of the system's lets the user choose a file or a folder. */
const CHOOSES_BOTH = process.platform === 'darwin';

/** Asks in the system's own dialog, which belongs to the window. */
export async function askForFile(window: BrowserWindow, question: FileQuestion): Promise<FileAnswer> {
  if (question.purpose === 'save') return askWhereToSave(window, question);
  const properties = await openProperties(window, question);
  if (!properties) return null;
  const options: OpenDialogOptions = {
    title: question.title,
    defaultPath: question.folder,
    properties,
    // A dialog for folders would hide them all.
    ...(properties.includes('openDirectory') ? {} : { filters: filtersOf(question.endings) }),
  };
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  const [path] = filePaths;
  return canceled || path === undefined ? null : { path, mayReplace: false };
}

async function openProperties(
  window: BrowserWindow,
  { purpose, title }: FileQuestion,
): Promise<('openFile' | 'openDirectory')[] | null> {
  if (purpose === 'open') return ['openFile'];
  if (purpose === 'folder') return ['openDirectory'];
  if (CHOOSES_BOTH) return ['openFile', 'openDirectory'];
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Choose data',
    message: 'Are the data in a file or in a folder?',
    detail: title,
    buttons: ['File…', 'Folder…', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  if (response === 2) return null;
  return [response === 1 ? 'openDirectory' : 'openFile'];
}

async function askWhereToSave(
  window: BrowserWindow,
  { title, folder, name = '', endings }: FileQuestion,
): Promise<FileAnswer> {
  const options: SaveDialogOptions = {
    title,
    defaultPath: join(folder, name),
    filters: filtersOf(endings),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const { canceled, filePath } = await dialog.showSaveDialog(window, options);
  if (canceled || !filePath) return null;
  const [ending] = endings;
  if (ending === undefined || endings.includes(extname(filePath).toLowerCase())) {
    return { path: filePath, mayReplace: true };
  }
  // Not every system adds the ending, and none has asked about the file that has it.
  return { path: filePath + ending, mayReplace: false };
}

function filtersOf(endings: readonly string[]) {
  const every = { name: 'All files', extensions: ['*'] };
  if (endings.length === 0) return [every];
  const extensions = endings.map((ending) => ending.slice(1));
  const name = extensions.includes('hourglass')
    ? 'Hourglass drawings'
    : `${extensions.map((extension) => extension.toUpperCase()).join(', ')} files`;
  return [{ name, extensions }, every];
}
