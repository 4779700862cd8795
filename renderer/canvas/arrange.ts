import { type Alignment, alignNodes, distributeNodes, layOutAnew } from '../../shared/document/edits';
import { edit } from '../state/document-store';
import { selectedNodes } from '../state/selected-nodes';
import { glideNext } from './glide';

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
