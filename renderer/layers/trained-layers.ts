import type { GraphDocument } from '../../shared/document/graph-document';
import { unchangedLayers } from '../../shared/plan/unchanged-layers';
import { useRun } from '../run/run-store';
import { useDocument } from '../state/document-store';

/** What was found for these two drawings: every block of the canvas asks. */
let known: {
  readonly trained: GraphDocument;
  readonly drawn: GraphDocument;
  readonly layers: ReadonlySet<string>;
} | null = null;

/** Whether a block of the drawing, and all that leads to it, still is what the run that is shown trains. */
export function useIsTrained(nodeId: string): boolean {
  const trained = useRun((state) => state.document);
  return useDocument(({ history }) => trained !== null && isTrained(nodeId, trained, history.present));
}

function isTrained(nodeId: string, trained: GraphDocument, drawn: GraphDocument): boolean {
  if (known?.trained !== trained || known.drawn !== drawn) {
    known = { trained, drawn, layers: unchangedLayers(trained, drawn) };
  }
  return known.layers.has(nodeId);
}
