import { create } from 'zustand';
import type { Position } from '../../shared/document/edits';

/** One side of a block, where wires come in or go out. */
export interface Port {
  readonly nodeId: string;
  readonly side: 'source' | 'target';
}

/** What a context menu is about: the empty canvas, what is selected, or one side of a block. */
export interface MenuPlace {
  /** Pixels of the window. */
  readonly at: Position;
  readonly about: 'canvas' | 'selection' | Port;
}

export const useContextMenu = create<{ readonly place: MenuPlace | null }>()(() => ({ place: null }));

export function openContextMenu(place: MenuPlace): void {
  useContextMenu.setState({ place });
}

export function closeContextMenu(): void {
  useContextMenu.setState({ place: null });
}
