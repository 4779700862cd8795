/** A value with everything it was before and everything that was undone. Plain and immutable. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** The gesture the last step belongs to: further edits of the same gesture join that step. */
  readonly gesture: string | null;
}

/** Steps that can be undone; documents share structure, so a step costs little. */
export const KEPT_STEPS = 500;

export function newHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], gesture: null };
}

/**
 * Makes `next` the present. One gesture is one step: while `gesture` stays the same (a slider being dragged, a
 * number being spun) the present is replaced and the past kept. An edit that changes nothing is no step.
 */
export function commit<T>(history: History<T>, next: T, gesture: string | null = null): History<T> {
  if (Object.is(next, history.present)) return history;
  const joins = gesture !== null && gesture === history.gesture && history.past.length > 0;
  const past = joins ? history.past : [...history.past, history.present].slice(-KEPT_STEPS);
  return { past, present: next, future: [], gesture };
}

/** Ends the gesture under way, so that the next edit is a step of its own. */
export function endGesture<T>(history: History<T>): History<T> {
  return history.gesture === null ? history : { ...history, gesture: null };
}

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    gesture: null,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, gesture: null };
}
