import fc from 'fast-check';
import { documentFrom, documentText } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { randomSteps, stepTaken } from '../../shared/document/random-edits';
import { validateDocument } from '../../shared/document/validate';
import { planDocument } from '../../shared/plan/plan-document';
import { commit, newHistory, redo, undo } from './history';

/** What came of one random sequence of edits. */
export interface SequenceResult {
  /** Steps that changed the drawing; the others were refused or changed nothing. */
  readonly taken: number;
  /** Drawings that could be trained. */
  readonly finished: number;
  /** What was wrong, in words; empty where every drawing was valid and undo and redo led back. */
  readonly faults: readonly string[];
}

/** Steps of a short sequence, and of a short and a long one together. */
const SHORT = 40;
const BOTH = 500;

function isLast(index: number): boolean {
  return index % BOTH === SHORT - 1 || index % BOTH === BOTH - 1;
}

/**
 * Edits a drawing at random through the window's own history, and looks at every drawing on the way: it is one that could
 * be saved and read again, the planner makes a plan of it or says why not, all undone it is the start, all redone the
 * end. It begins again from the start by turns after few steps, where many drawings can still be trained, and after many;
 * history keeps 500.
 */
export function editAtRandom(start: GraphDocument, seed: number, steps: number): SequenceResult {
  const faults: string[] = [];
  let history = newHistory(start);
  let [taken, finished] = [0, 0];
  for (const [index, step] of fc.sample(randomSteps, { seed, numRuns: steps }).entries()) {
    const before = history.present;
    try {
      history = commit(history, stepTaken(before, step));
      if (history.present !== before) {
        taken += 1;
        if (isFinished(history.present)) finished += 1;
      }
    } catch (error) {
      faults.push(`step ${index}: ${error instanceof Error ? error.message : String(error)}`);
      history = { ...history, present: before };
    }
    if (!isLast(index) && index < steps - 1) continue;
    faults.push(...historyFaults(history, start).map((fault) => `step ${index}: ${fault}`));
    history = newHistory(start);
  }
  return { taken, finished, faults };
}

/** Whether it can be trained. @throws Error where it could not be saved and read again, or has neither plan nor Problems */
function isFinished(doc: GraphDocument): boolean {
  const text = documentText(doc);
  if (documentText(documentFrom(JSON.parse(text))) !== text)
    throw new Error('it is read otherwise than written');
  const { plan, problems } = planDocument(doc);
  const errors = validateDocument(doc).filter(({ severity }) => severity === 'error');
  if (!plan && problems.length === 0) throw new Error('it has neither a plan nor Problems');
  if (plan && errors.length > 0) throw new Error(`it has a plan and Problems: ${errors[0]?.message}`);
  return plan !== null;
}

function historyFaults(
  history: ReturnType<typeof newHistory<GraphDocument>>,
  start: GraphDocument,
): string[] {
  let back = history;
  while (back.past.length > 0) back = undo(back);
  let forth = back;
  while (forth.future.length > 0) forth = redo(forth);
  return [
    ...(back.present === start ? [] : ['all undone is not the start']),
    ...(forth.present === history.present ? [] : ['all redone is not the end']),
  ];
}
