import { baseFolder } from '../files/base-folder';
import { askForFile } from '../files/file-dialogs';
import { folderOf, isAbsolute, relativeTo, resolveFrom } from '../files/paths';
import { currentDocument } from '../state/document-store';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { chooseDataAt } from './data-store';

/** Asks for a data file or folder, and loads what is found there. */
export async function chooseDataFiles(): Promise<void> {
  const path = await askForData();
  if (path !== null) chooseDataAt(storedPath(path));
}

/** The absolute path of a data file or folder, or null where the user called it off. */
export async function askForData(): Promise<string | null> {
  const answer = await askForFile({
    title: t('data.chooseTitle'),
    purpose: 'data',
    // What a file is, its content says.
    endings: [],
    folder: startingFolder(),
  });
  return answer?.path ?? null;
}

/** Paths inside documents are relative to the document where it has a place. */
export function storedPath(path: string): string {
  const folder = baseFolder();
  return folder === null ? path : relativeTo(folder, path);
}

function startingFolder(): string {
  const { data } = currentDocument();
  const home = useSession.getState().host?.home ?? '/';
  const folder = baseFolder();
  if (data.kind === 'builtin') return folder ?? home;
  if (isAbsolute(data.path)) return folderOf(data.path);
  return folder === null ? home : folderOf(resolveFrom(folder, data.path));
}
