import { baseFolder } from '../files/base-folder';
import { askForFile } from '../files/file-dialogs';
import { folderOf, isAbsolute, nameOf, relativeTo, resolveFrom } from '../files/paths';
import { currentDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { chooseData } from './data-store';
import { dataKindOf, referenceTo } from './reference-of';

/** Asks for a data file or folder, finds out what it is, and loads it. */
export async function chooseDataFiles(): Promise<void> {
  const path = await askForFile({
    title: 'Choose data: an IDX or NPY file, or a folder of pictures',
    purpose: 'data',
    endings: ['.npy', '.gz', 'ubyte', '.idx'],
    folder: startingFolder(),
  });
  if (path === null) return;
  try {
    const kind = await kindAt(path);
    if (kind) chooseData(referenceTo(kind, storedPath(path)));
    else
      tell({
        severity: 'error',
        message: `${nameOf(path)} is no data this app reads.`,
        hint: 'Choose an IDX file (MNIST’s format, also gzipped), an NPY file, or a folder of pictures.',
      });
  } catch (error) {
    tell(messageOf(error));
  }
}

/** A file lies in its folder's listing as a file; anything else is listed as a folder itself. */
async function kindAt(path: string) {
  const parent = await call('files.list', { path: folderOf(path) });
  const entry = parent.entries.find((other) => other.path === path || other.name === nameOf(path));
  if (entry?.kind === 'file') return dataKindOf(entry.name, null);
  const { entries } = await call('files.list', { path });
  return dataKindOf(nameOf(path), entries);
}

/** Paths inside documents are relative to the document where it has a place. */
function storedPath(path: string): string {
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
