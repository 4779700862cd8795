import { z } from 'zod';
import { EXPORT_PARTS } from '../export/export-part';
import { problemSchema } from './value-schemas';

const exportPartSchema = z.enum(EXPORT_PARTS);

/** A format that a model can be exported in, and of which parts it can hold this one. */
export const exportOfferSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** One sentence: what it is and what opens it. */
  about: z.string(),
  /** The ending of the file, with its dot; null where it is a folder. */
  extension: z.string().nullable(),
  parts: z.array(
    z.object({
      part: exportPartSchema,
      /** What the file or folder is called unless told. */
      fileName: z.string(),
      /** Everything that is in the way. */
      problems: z.array(problemSchema),
    }),
  ),
  /** Why it can't be exported on this machine, whatever the model; null where it can. */
  absent: problemSchema.nullable(),
  /** Whether Hourglass runs what it wrote, and compares it. */
  isChecked: z.boolean(),
});
export type ExportOffer = z.infer<typeof exportOfferSchema>;

export const exportReportSchema = z.object({
  path: z.string(),
  format: z.string(),
  part: exportPartSchema,
  bytes: z.number(),
  stamp: z
    .object({
      checkedBy: z.string(),
      comparedWith: z.string(),
      samples: z.int(),
      largestDifference: z.number(),
      largestOutput: z.number(),
    })
    .nullable(),
  notes: z.array(z.string()),
});
export type ExportedModel = z.infer<typeof exportReportSchema>;

/** What is to be written where. */
export const exportOrderSchema = z.object({
  /** What the model is called. */
  name: z.string().min(1).max(300),
  format: z.string().max(60),
  part: exportPartSchema,
  /** Absolute. */
  path: z.string().min(1).max(4_096),
  /** Whether an export that lies there may be replaced. */
  replace: z.boolean(),
});
