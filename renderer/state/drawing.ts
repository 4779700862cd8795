import type { GraphDocument } from '../../shared/document/graph-document';
import { collapsedDrawing } from '../../shared/plan/collapse';
import { type Drawing, type DrawingWire, drawingOf } from '../../shared/plan/drawing';
import type { Shape } from '../../shared/tensors/shape';
import { currentDocument, useDocument } from './document-store';
import { keptParts } from './kept-parts';

/** All the canvas shows, and what it amounts to. */
export interface ShownDrawing extends Drawing {
  /** Of every layer whose shapes are known. */
  readonly parameterCount: number;
  readonly codeShape: Shape | null;
}

const known = new WeakMap<GraphDocument, ShownDrawing>();

/** The drawing that was asked for last: most of the next one is the same. */
let lastShown: ShownDrawing | null = null;

/** Documents are never changed in place, so the answer is remembered by identity. What an edit leaves as it was is the same object as before. */
export function shownDrawing(document: GraphDocument): ShownDrawing {
  const remembered = known.get(document);
  if (remembered) return remembered;
  const drawing = drawingOf(document);
  const shown: ShownDrawing = {
    ...drawing,
    nodes: keptParts(lastShown?.nodes ?? [], drawing.nodes),
    wires: keptParts(lastShown?.wires ?? [], drawing.wires),
    parameterCount: drawing.nodes.reduce((sum, node) => sum + (node.parameterCount ?? 0), 0),
    codeShape: drawing.nodes.find((node) => node.kind === 'code')?.outputShape ?? null,
  };
  known.set(document, shown);
  lastShown = shown;
  return shown;
}

export function useDrawing(): ShownDrawing {
  return useDocument((state) => shownDrawing(state.history.present));
}

const collapsed = new WeakMap<GraphDocument, Pick<ShownDrawing, 'nodes' | 'wires'>>();

/** The drawing as the canvas shows it: groups that are collapsed are one node in each half. */
export function canvasDrawing(document: GraphDocument): Pick<ShownDrawing, 'nodes' | 'wires'> {
  const remembered = collapsed.get(document);
  if (remembered) return remembered;
  const shown = collapsedDrawing(document, shownDrawing(document));
  collapsed.set(document, shown);
  return shown;
}

/** The wire of the drawing that one of the canvas shows: they differ where a collapsed group holds an end of it. */
export function shownWire(id: string): DrawingWire | undefined {
  const document = currentDocument();
  const own = canvasDrawing(document).wires.find((wire) => wire.id === id)?.own ?? id;
  return shownDrawing(document).wires.find((wire) => wire.id === own);
}

export function useCanvasDrawing(): Pick<ShownDrawing, 'nodes' | 'wires'> {
  return useDocument((state) => canvasDrawing(state.history.present));
}

export function currentDrawing(): ShownDrawing {
  return shownDrawing(currentDocument());
}
