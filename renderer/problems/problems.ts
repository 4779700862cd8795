import type { GraphDocument } from '../../shared/document/graph-document';
import { rangeProblems } from '../../shared/document/range-problems';
import type { Problem } from '../../shared/errors/problem';
import type { DatasetSummary } from '../../shared/ipc/contract';
import { useData } from '../data/data-store';
import { currentDocument, useDocument } from '../state/document-store';
import { currentDrawing, shownDrawing } from '../state/drawing';
import { foundBy, useCheck } from './check-store';

/** Everything wrong with the drawing, what of it does not go with the data that are loaded, and what the last check found. */
export function useProblems(): readonly Problem[] {
  const document = useDocument((state) => state.history.present);
  const dataset = useData((state) => state.dataset);
  const check = useCheck();
  const own = problemsOf(document, dataset);
  return [...own, ...foundBy(check, document, own)];
}

/** What the window knows by itself to be wrong. */
export function currentProblems(): readonly Problem[] {
  return problemsOf(currentDocument(), useData.getState().dataset);
}

/** Whether the drawing has problems that keep it from being trained. */
export function isUntrainable(): boolean {
  return currentDrawing().problems.some(({ severity }) => severity === 'error');
}

function problemsOf(document: GraphDocument, dataset: DatasetSummary | null): readonly Problem[] {
  const { problems } = shownDrawing(document);
  // What is scaled before it is learnt has another range then; the engine knows it.
  const isScaled = 'scaling' in document.data && document.data.scaling !== 'none';
  if (!dataset || isScaled) return problems;
  return [...problems, ...rangeProblems(document, dataset)];
}
