import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseDocument } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import { keptHistorySchema, runLabelSchema, runSummaryFileSchema } from '../../shared/ipc/kept-run-schemas';
import { DRAWING, HISTORY, LABEL, SUMMARY } from '../train/run-files';

const figuresSchema = z.looseObject({
  mse: z.number(),
  loss: z.number(),
  pca: z.record(z.string(), z.number()).optional(),
});
/** What the history in a run's folder tells. */
export const historySchema = z.object({
  ending: z.string(),
  engine: z.string(),
  engineVersion: z.string(),
  scaling: z.string().default('none'),
  step: z.number(),
  seconds: z.number().nullish(),
  samplesPerSecond: z.number().nullish(),
  validation: figuresSchema.nullish(),
  test: figuresSchema.nullish(),
  anomalies: z.looseObject({ auc: z.number(), pcaAuc: z.number().optional() }).nullish(),
  keptEpoch: z.number().nullish(),
  data: z.object({
    name: z.string(),
    shape: z.array(z.number()),
    dtype: z.string(),
    trainCount: z.number(),
    testCount: z.number(),
  }),
  epochs: keptHistorySchema.shape.epochs,
  losses: z.array(z.number()),
  lossSteps: z.array(z.number()).optional(),
});

export type RunFigures = z.infer<typeof figuresSchema>;

/** A picture of the run's folder, as PNG. */
interface ReportedPicture {
  readonly caption: string;
  readonly png: Uint8Array;
}

/** What a report tells of a run: all that lies in its folder. */
export interface ReportedRun {
  readonly document: GraphDocument;
  readonly history: z.infer<typeof historySchema>;
  /** Null for a run that went to its end without one. */
  readonly summary: z.infer<typeof runSummaryFileSchema> | null;
  /** What the user called it; empty: nothing. */
  readonly label: string;
  readonly pictures: readonly ReportedPicture[];
}

const PICTURES: readonly (readonly [file: string, caption: string])[] = [
  ['reconstructions.png', 'Samples that were not trained on, over what the model makes of them'],
  ['drawn.png', 'Samples made of random codes'],
  ['normal.png', 'Normal samples over what the model makes of them'],
  ['anomalous.png', 'Anomalous samples over what the model makes of them'],
];

/**
 * Reads the folder of a run that has ended.
 *
 * @param withPictures whether its pictures too, which show the user's data
 * @throws ProblemError where there is no run, or what lies there can't be read
 */
export async function readReportedRun(folder: string, withPictures: boolean): Promise<ReportedRun> {
  const drawing = await present(join(folder, DRAWING));
  const history = await present(join(folder, HISTORY));
  if (!drawing || !history) {
    const why = `it holds no ${drawing ? HISTORY : DRAWING}: the run has not ended, or the folder is of something else`;
    throw new ProblemError(problem('MODEL_NONE', { path: folder, why }));
  }
  const [summary, label] = [await present(join(folder, SUMMARY)), await present(join(folder, LABEL))];
  const pictures: ReportedPicture[] = [];
  for (const [file, caption] of withPictures ? PICTURES : []) {
    const png = await present(join(folder, file));
    if (png) pictures.push({ caption, png });
  }
  return {
    document: parseDocument(drawing.toString('utf8')),
    history: parsed(historySchema, history, join(folder, HISTORY)),
    summary: summary && parsed(runSummaryFileSchema, summary, join(folder, SUMMARY)),
    label: label ? parsed(runLabelSchema, label, join(folder, LABEL)).name : '',
    pictures,
  };
}

async function present(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw fileProblem(error, file, 'read');
  }
}

function parsed<T>(schema: z.ZodType<T>, bytes: Buffer, file: string): T {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    throw new ProblemError(problem('MODEL_DAMAGED', { file, why: 'it is not what a run writes' }));
  }
}
