import { currentDocument, useDocument } from './document-store';
import { currentDrawing } from './drawing';

/** The ids of what is selected on the canvas beside wires: nodes of the drawing and notes. */
export function selectedNodes(): string[] {
  const { selection } = useDocument.getState();
  return [...currentDrawing().nodes, ...(currentDocument().notes ?? [])]
    .map(({ id }) => id)
    .filter((id) => selection.includes(id));
}
