import { create } from 'zustand';

interface DropTarget {
  /** The wire that what is dragged would be put on. */
  readonly wireId: string | null;
  /** Whether that wire would refuse it. */
  readonly refused: boolean;
}

export const useDropTarget = create<DropTarget>()(() => ({ wireId: null, refused: false }));

export function aimAt(wireId: string | null, refused = false): void {
  useDropTarget.setState((now) =>
    now.wireId === wireId && now.refused === refused ? now : { wireId, refused },
  );
}

/** The wire under a point of the window, in pixels, or null. */
export function wireIdAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const edge = element.closest('.react-flow__edge');
    if (edge) return edge.getAttribute('data-id');
  }
  return null;
}
