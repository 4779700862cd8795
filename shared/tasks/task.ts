import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import type { Shape } from '../tensors/shape';

/** What tasks look at in a drawing. */
export interface TaskFacts {
  /** Of one sample. */
  readonly shape: Shape;
  readonly inputId: string | undefined;
  /** Whether something between input and encoder spoils samples. */
  readonly isCorrupted: boolean;
  /** Whether only some of the samples are trained on. */
  readonly isFiltered: boolean;
}

/** A score that a task needs no network for: what the model has to beat. */
export interface TaskBaseline {
  readonly kind: 'seen' | 'oneColour';
  /** For the head of a column of figures. */
  readonly label: string;
  /** One sentence: what it is. */
  readonly help: string;
}

/**
 * One use of an autoencoder. A new one is one file that exports this, and one line in `catalogue.ts`; the document schema,
 * the inspector, the planner and the compiler follow from it. The target is always the sample itself.
 */
export interface TaskDefinition<T extends string = string> {
  readonly kind: T;
  readonly label: string;
  /** One sentence: what it does with a sample. */
  readonly help: string;
  /** What the encoder is given of a sample: all of it (less what corruption blocks take away), or its brightness alone. */
  readonly sees: 'sample' | 'grey';
  readonly baseline: TaskBaseline | null;
  /** What is wrong with it in a drawing. */
  problems(facts: TaskFacts): readonly Problem[];
}

/** Doing nothing: the corrupted sample as it is. */
export const asItCame: TaskBaseline = {
  kind: 'seen',
  label: 'Input',
  help: 'The corrupted samples as they are: doing nothing.',
};

/** Warns where nothing spoils the samples that a task is to mend. */
export function needsCorruption(task: string, { inputId, isCorrupted }: TaskFacts): readonly Problem[] {
  if (isCorrupted) return [];
  return [problem('TASK_WITHOUT_CORRUPTION', { task }, inputId ? { nodeId: inputId } : undefined)];
}
