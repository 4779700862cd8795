import { z } from 'zod';
import type { ParentRun } from '../../shared/ipc/kept-run-schemas';
import { runEvent } from '../../shared/ipc/run-schemas';
import { epochRecordSchema } from '../train/checkpoint';
import type { EpochRecord } from '../train/epoch-record';
import type { ModelManifest } from './model-manifest';
import type { ModelState } from './model-state';
import type { TrainedModel } from './trained-model';

/** How the training went that made the weights. */
export interface ModelHistory {
  readonly epochs: readonly EpochRecord[];
  /** Training losses, one a step. */
  readonly losses: readonly number[];
  /** Where the losses of a long run were thinned out: the last step that each stands for. */
  readonly lossSteps?: readonly number[];
}

/** Values of a code that a file tells the spread of. */
const MOST_CODE = 65_536;

export const modelHistorySchema: z.ZodType<ModelHistory> = z.strictObject({
  epochs: z.array(epochRecordSchema),
  lossSteps: z.array(z.int().min(1)).optional(),
  losses: z.array(z.number()),
});

/** What came of the training, as it was told at its end; null where it had not ended, or where that is not known. */
export const modelMetricsSchema = z.strictObject({
  ending: runEvent
    .nullable()
    .refine((event) => event === null || event.kind === 'completed' || event.kind === 'stopped'),
  pca: runEvent.nullable().refine((event) => event === null || event.kind === 'pca'),
  /** How each value of the codes was spread over samples that were not trained on, so that codes can be varied without these. */
  codes: z
    .strictObject({
      mean: z.array(z.number()).max(MOST_CODE),
      deviation: z.array(z.number().min(0)).max(MOST_CODE),
    })
    .optional(),
});

export type ModelMetrics = z.infer<typeof modelMetricsSchema>;

/** All that a model file holds. */
export interface ModelFile extends TrainedModel {
  readonly manifest: Omit<ModelManifest, 'entries'>;
  /** What training goes on from; null where the file says nothing of it. */
  readonly state: ModelState | null;
  readonly history: ModelHistory;
  readonly metrics: ModelMetrics;
  /** A picture of samples and their reconstructions (PNG), where it was asked for when the file was saved. */
  readonly thumbnail: Uint8Array | null;
  /** The kept run that it was read from, where it was no file. */
  readonly keptRun?: ParentRun;
}
