import { tell } from '../state/messages';
import { isDrawing, openDropped } from './file-actions';

/**
 * Opens a drawing dropped anywhere on the window. Other files belong to whatever they are dropped on; where nothing
 * takes them, that is said, and the page does not leave for them. Returns what ends it.
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
      tell({
        severity: 'info',
        message: `${first.name} is no drawing.`,
        hint: 'Drop a .hourglass file to open it, or a picture on the place for it in the Run panel.',
      });
    }
  };
  window.addEventListener('dragover', onDragOver);
  window.addEventListener('drop', onDrop);
  return () => {
    window.removeEventListener('dragover', onDragOver);
    window.removeEventListener('drop', onDrop);
  };
}
