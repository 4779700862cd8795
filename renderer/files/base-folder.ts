import { useDocument } from '../state/document-store';
import { folderOf } from './paths';

/** Where the document's relative data paths start: its own folder, or null while it is in no file. */
export function baseFolder(): string | null {
  const file = useDocument.getState().file;
  return file ? folderOf(file.path) : null;
}
