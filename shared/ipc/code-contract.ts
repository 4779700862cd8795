import { z } from 'zod';
import { codeCloud } from './code-schemas';
import { binary, sampleBlock } from './value-schemas';

/** Calls about the codes of a run. */
export const codeCalls = {
  /** Samples made of codes: float32, at most 64 one after the other. */
  'run.decode': {
    to: 'engine',
    params: z.object({ runId: z.string(), codes: binary }),
    result: sampleBlock,
  },
  /** Some of the samples of `run.codeClouds`, by their places there, and what the model makes of them now. */
  'run.codeSamples': {
    to: 'engine',
    params: z.object({ runId: z.string(), places: z.array(z.int().min(0)).min(1).max(16) }),
    result: z.object({
      originals: sampleBlock,
      seen: sampleBlock.optional(),
      reconstructions: sampleBlock,
    }),
  },
} as const;

/** Streams about the codes of a run. */
export const codeStreams = {
  /**
   * The codes of samples not trained on: now, after each epoch and at the end, the newest where the reader is slow. The
   * stream ends with the run.
   */
  'run.codeClouds': { to: 'engine', params: z.object({ runId: z.string() }), event: codeCloud },
  /**
   * Lays the codes last told by `run.codeClouds` out by UMAP. `previous`: where they lay before (float32, codes × 2), so
   * that they begin there; null where they begin from the plane of PCA.
   */
  'run.codeEmbedding': {
    to: 'engine',
    params: z.object({
      runId: z.string(),
      seed: z.int().min(0).max(0xffff_ffff),
      previous: binary.nullable(),
    }),
    event: z.object({
      /** Of the codes. */
      step: z.int(),
      stage: z.enum(['neighbours', 'layout', 'placing', 'done']),
      done: z.int(),
      total: z.int(),
      /** float32, codes × 2, NaN for those without a place yet; null where nothing has changed. */
      points: binary.nullable(),
    }),
  },
} as const;
