import { create } from 'zustand';
import type { GraphDocument } from '../../shared/document/graph-document';
import { type Problem, ProblemError } from '../../shared/errors/problem';

interface RefusedStart {
  /** The drawing that was refused, to the letter: of another one it says nothing. */
  readonly document: GraphDocument | null;
  readonly problem: Problem | null;
}

/** The last start that was refused for want of memory, with what the user may do about it. */
export const useRefused = create<RefusedStart>()(() => ({ document: null, problem: null }));

/** Keeps a refusal to be shown in its place. @returns whether it is one for want of memory */
export function keepRefusal(document: GraphDocument, error: unknown): boolean {
  const problem = error instanceof ProblemError ? error.problems[0] : null;
  if (problem?.code !== 'MEMORY_SHORT' && problem?.code !== 'MEMORY_LACKING') return false;
  useRefused.setState({ document, problem });
  return true;
}

export function forgetRefusal(): void {
  useRefused.setState({ document: null, problem: null });
}
