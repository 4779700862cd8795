import { z } from 'zod';

/** The entries of a model file; see docs/model-file.md. */
export const ENTRIES = {
  manifest: 'manifest.json',
  document: 'document.hourglass',
  weights: 'weights.safetensors',
  state: 'state.safetensors',
  history: 'history.json',
  preprocessing: 'preprocessing.json',
  metrics: 'metrics.json',
  thumbnail: 'reconstructions.png',
} as const;

/** Of the layout of a model file; a file of a later one is refused. */
export const MODEL_FILE_VERSION = 1;

const entrySchema = z.strictObject({
  bytes: z.int().min(0),
  /** SHA-256, in hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** `manifest.json`: what the file is, what made it, and every other entry with its size and hash. */
export const manifestSchema = z.strictObject({
  format: z.literal('hourglass-model'),
  version: z.int().min(1),
  /** The version of Hourglass. */
  app: z.string().max(100),
  /** Milliseconds since 1970. */
  saved: z.number(),
  /** What computed the weights; null where they came from elsewhere. */
  engine: z
    .strictObject({ name: z.enum(['tensorflow', 'onnx']), version: z.string().max(100), threads: z.int() })
    .nullable(),
  /** `documentHash` of the drawing that the weights were trained for. */
  trained: z.string().max(100),
  /** The data the weights were trained on; null where that is not known. */
  data: z.strictObject({ name: z.string().max(1000), fingerprint: z.string().max(256) }).nullable(),
  entries: z.record(z.string(), entrySchema),
});

export type ModelManifest = z.infer<typeof manifestSchema>;

/** What is read before anything else: whether this build knows the layout. */
export const manifestHeadSchema = z.object({ format: z.literal('hourglass-model'), version: z.int().min(1) });
