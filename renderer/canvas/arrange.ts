import { type Alignment, alignNodes, distributeNodes, layOutAnew } from '../../shared/document/edits';
import { edit, useDocument } from '../state/document-store';
import { currentDrawing } from '../state/drawing';
import { glideNext } from './glide';

function selectedNodes(): string[] {
  const { selection } = useDocument.getState();
  return currentDrawing()
    .nodes.map(({ id }) => id)
    .filter((id) => selection.includes(id));
}

/** Whether enough is selected to be put in line (2) or spaced evenly (3). */
export function canArrange(least: 2 | 3): boolean {
  return selectedNodes().length >= least;
}

export function alignSelection(to: Alignment): void {
  glideNext();
  edit((document) => alignNodes(document, selectedNodes(), to));
}

export function distributeSelection(axis: 'x' | 'y'): void {
  glideNext();
  edit((document) => distributeNodes(document, selectedNodes(), axis));
}

/** Lets every node stand where the layout puts it. */
export function tidyUp(): void {
  glideNext();
  edit(layOutAnew);
}
