import { showTab } from '../app/layout-store';
import { storedPath } from '../data/choose-files';
import { chooseDataAt } from '../data/data-store';
import { importDropped, isForeignModel } from '../models/import-store';
import { shell } from '../shell/own-shell';
import { tell } from '../state/messages';
import { t } from '../strings/strings';
import { holdsDrawing, isDrawing, openDropped } from './file-actions';

/**
 * Opens a drawing dropped anywhere on the window, also one inside a picture. Other files belong to whatever they are dropped on; where nothing
 * takes them, they are taken for data, and the page does not leave for them. Returns what ends it.
 */
export function takeDroppedFiles(): () => void {
  const onDragOver = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    const [first] = files;
    const drawing = files.find(isDrawing);
    if (drawing) {
      event.preventDefault();
      void openDropped(drawing);
    } else if (first && !event.defaultPrevented) {
      event.preventDefault();
      void takeOther(first);
    }
  };
  window.addEventListener('dragover', onDragOver);
  window.addEventListener('drop', onDrop);
  return () => {
    window.removeEventListener('dragover', onDragOver);
    window.removeEventListener('drop', onDrop);
  };
}

/** A picture may hold a drawing, and models of other programs are imported; anything else is taken for data. */
async function takeOther(file: File): Promise<void> {
  // Before anything is waited for: what is dropped next has another place.
  const path = shell.droppedPath();
  if (isForeignModel(file)) {
    if (path !== null) await importDropped(path);
    else tellNoPlace(file, t('files.noPlaceModel'));
  } else if (await holdsDrawing(file)) await openDropped(file);
  else takeData(file, path);
}

/** Data are read by the engine, from where they lie; that a browser does not tell. */
function takeData(file: File, path: string | null): void {
  if (path === null) {
    tellNoPlace(file, t('files.noPlaceHint'));
    return;
  }
  showTab('data');
  chooseDataAt(storedPath(path));
}

function tellNoPlace({ name }: File, hint: string): void {
  tell({ severity: 'info', message: t('files.noPlace', { name }), hint });
}
