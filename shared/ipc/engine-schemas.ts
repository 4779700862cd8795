import { z } from 'zod';
import { shape, split } from './value-schemas';

export const engineDescription = z.object({
  name: z.enum(['tensorflow', 'onnx']),
  version: z.string(),
  device: z.literal('cpu'),
  threads: z.int(),
});

export const engineReport = z.object({
  /** The engine new runs use. */
  active: engineDescription,
  available: z.array(engineDescription),
  /** Engines that are absent, why, and how to get them. */
  missing: z.array(z.object({ name: z.enum(['tensorflow', 'onnx']), reason: z.string(), cure: z.string() })),
  node: z.string(),
  cores: z.int(),
});

/** A data set as the window knows it; the samples stay in the engine. */
export const datasetSummary = z.object({
  datasetId: z.string(),
  name: z.string(),
  shape,
  dtype: z.enum(['uint8', 'float32']),
  counts: z.record(split, z.int()),
  range: z.tuple([z.number(), z.number()]),
  /** `count`: how many samples, of both sets, have it; `used`: how many are trained on or validated with. */
  labels: z.array(z.object({ label: z.int(), name: z.string(), count: z.int(), used: z.int() })),
  /** Of a table: the names of all columns in the file. */
  columns: z.array(z.string()).nullable(),
  fingerprint: z.string(),
  notes: z.array(z.string()),
});
