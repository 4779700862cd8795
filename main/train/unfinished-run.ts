import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { keepingNoteSchema } from '../../shared/ipc/kept-run-schemas';
import { ownMark, processMarkSchema } from './process-mark';
import { UNFINISHED_FILE } from './run-files';
import type { TrainingRun } from './training-run';

/** What is known of a run while it goes on: a file of its folder that goes when the run has ended and all is written. */
const unfinishedRunFileSchema = z.object({
  format: z.literal('hourglass-unfinished-run'),
  version: z.literal(1),
  /** Milliseconds since 1970; of a run that was gone on with, when it was. */
  began: z.number(),
  /** Who trains it; null where nobody does any more. */
  holder: processMarkSchema.nullable(),
  /** Of the drawing. */
  name: z.string(),
  data: z.string(),
  engine: z.object({ name: z.enum(['tensorflow', 'onnx']), version: z.string() }),
  epochs: z.int().min(1),
  stepsPerEpoch: z.int().min(1),
  note: keepingNoteSchema,
});

export type UnfinishedRunFile = z.infer<typeof unfinishedRunFileSchema>;

/** What is said in the folder of a run that has not ended; null where nothing can be read. */
export async function readUnfinished(folder: string): Promise<UnfinishedRunFile | null> {
  try {
    return unfinishedRunFileSchema.parse(JSON.parse(await readFile(join(folder, UNFINISHED_FILE), 'utf8')));
  } catch {
    return null;
  }
}

/** Of a run that this process trains. */
export async function unfinishedRunOf(
  run: TrainingRun,
  name: string,
  note: UnfinishedRunFile['note'],
): Promise<UnfinishedRunFile> {
  const { engine, epochs, stepsPerEpoch } = run.summary();
  return {
    format: 'hourglass-unfinished-run',
    version: 1,
    began: Date.now(),
    holder: await ownMark(),
    name,
    data: run.dataset.name,
    engine: { name: engine.name, version: engine.version },
    epochs,
    stepsPerEpoch,
    note,
  };
}
