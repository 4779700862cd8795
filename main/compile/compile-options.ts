import type { Augmentation } from '../../shared/augmentation/augmentation';
import type { Optimizer } from '../../shared/optimizers/catalogue';
import type { Plan } from '../../shared/plan/plan';

export interface CompileOptions {
  /** How samples come. uint8 stands for value / 255 and is scaled in the Program; float32 for itself. */
  readonly sample: { readonly dtype: 'uint8' | 'float32' };
  /** How many samples the resident data holds. */
  readonly dataCount: number;
  readonly batchSize: number;
  /** The size of an epoch's last, smaller batch; 0 where there is none. */
  readonly remainder: number;
  readonly evaluationBatch: number;
  readonly reconstructBatch: number;
  /** Into how many parts the batches of training and evaluation are divided, at most; 1 by default. */
  readonly parts?: number;
  /** Whether each part is a Program of its own (`Program.parts`), and not a branch inside the batch's. */
  readonly partsApart?: boolean;
  readonly optimizer: Optimizer;
  /** How long all gradients together may be at most; any length unless told. */
  readonly clipNorm?: number;
  /** What training steps do to their samples first; evaluation never does. Nothing unless told. */
  readonly augmentation?: Augmentation;
  /** Plans of parts of the drawing, to be trained by themselves on the same state: stages of pre-training. */
  readonly stages?: readonly Plan[];
}
