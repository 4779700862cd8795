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

/** The wires under a point of the window, in pixels, the uppermost first. */
export function wireIdsAt(x: number, y: number): readonly string[] {
  const edges = document.elementsFromPoint(x, y).map((element) => element.closest('.react-flow__edge'));
  return [...new Set(edges.flatMap((edge) => edge?.getAttribute('data-id') ?? []))];
}
