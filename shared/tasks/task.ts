import type { Problem } from '../errors/problem';
import type { Shape } from '../tensors/shape';

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
  /** What is wrong with it on samples of this shape; `nodeId` is the input's. */
  problems(shape: Shape, nodeId: string | undefined): readonly Problem[];
}

/** Doing nothing: the corrupted sample as it is. */
export const asItCame: TaskBaseline = {
  kind: 'seen',
  label: 'Input',
  help: 'The corrupted samples as they are: doing nothing.',
};
