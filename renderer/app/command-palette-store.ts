import { createSpotlight } from '@mantine/spotlight';
import { askForOfferedFiles } from '../files/offered-files';
import { isModalOpen } from './dialog-store';

export const [paletteStore, palette] = createSpotlight();

/** Opens the command palette; not over a dialog, whose answer comes first. */
export function openPalette(): void {
  if (isModalOpen()) return;
  void askForOfferedFiles();
  palette.open();
}
