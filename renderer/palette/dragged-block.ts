import { create } from 'zustand';
import type { PaletteHalf } from '../state/canvas-edits';

/** What is being dragged out of the palette. A drag's own data can't be read before it is dropped. */
export interface DraggedBlock {
  readonly type: string;
  readonly half: PaletteHalf;
}

/** The type under which the drag's data are kept, so that other drags are told apart. */
export const BLOCK_MIME = 'application/x-hourglass-block';

export const useDraggedBlock = create<{ readonly dragged: DraggedBlock | null }>()(() => ({ dragged: null }));
