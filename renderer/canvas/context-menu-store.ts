import { create } from 'zustand';
import type { Position } from '../../shared/document/edits';

/** What a context menu is about: the empty canvas, or what is selected. */
export interface MenuPlace {
  /** Pixels of the window. */
  readonly at: Position;
  readonly about: 'canvas' | 'selection';
}

export const useContextMenu = create<{ readonly place: MenuPlace | null }>()(() => ({ place: null }));

export function openContextMenu(place: MenuPlace): void {
  useContextMenu.setState({ place });
}

export function closeContextMenu(): void {
  useContextMenu.setState({ place: null });
}
