import { z } from 'zod';
import {
  layerExportSchema,
  layerLookSchema,
  layerRecordSchema,
  layerSampleSchema,
  layerValuesSchema,
  runLayerSchema,
} from './layer-schemas';
import { sampleBlock, shape } from './value-schemas';

/** Calls about what the layers of a run give out. */
export const layerCalls = {
  /** A run's layers, and the samples whose representations can be looked at: places of its validation samples. */
  'run.layers': {
    to: 'engine',
    params: z.object({ runId: z.string() }),
    result: z.object({
      layers: z.array(runLayerSchema),
      samples: z.int(),
      group: z.enum(['validation', 'train']),
      /** What can be exported for, with how many samples. */
      groups: z.array(z.object({ group: z.enum(['validation', 'test', 'train']), count: z.int() })),
      dataShape: shape,
    }),
  },
  /** Some of these samples. */
  'run.layerSamples': {
    to: 'engine',
    params: z.object({ runId: z.string(), offset: z.int().min(0), count: z.int().min(1).max(64) }),
    result: sampleBlock.extend({ labels: z.array(z.int()) }),
  },
  /** What a layer of the run's present weights gives out for a sample. */
  'run.layerActivations': {
    to: 'engine',
    params: z.object({ runId: z.string(), layerId: z.string(), sample: layerSampleSchema }),
    result: layerValuesSchema.extend({ step: z.int() }),
  },
  /** The present weights of a layer. */
  'run.layerWeights': {
    to: 'engine',
    params: z.object({ runId: z.string(), layerId: z.string() }),
    result: z.object({
      step: z.int(),
      weights: z.array(layerValuesSchema.extend({ name: z.string() })),
    }),
  },
  /** How a layer's weights and what it gives out were spread at the ends of epochs, as far as there was time to record it. */
  'run.layerHistory': {
    to: 'engine',
    params: z.object({ runId: z.string(), layerId: z.string() }),
    result: z.object({ samples: z.int(), records: z.array(layerRecordSchema) }),
  },
  /** Writes what a layer gives out into a file (NPY or CSV, by its ending). For the host alone, as `run.keep`. */
  'run.exportLayer': {
    to: 'engine',
    hostOnly: true,
    params: layerExportSchema,
    result: z.object({ path: z.string(), rows: z.int(), shape }),
  },
  /** The same, for a file that the user has chosen. Whole or not at all; cancelling leaves nothing. */
  'files.exportLayer': {
    to: 'host',
    params: layerExportSchema,
    result: z.object({ path: z.string(), rows: z.int(), shape }),
  },
} as const;

/** Streams about what the layers of a run give out. */
export const layerStreams = {
  /** What a run's blocks make of the sample at a place, as it changes; only the newest is told. Ends with the run's weights. */
  'run.layerLooks': {
    to: 'engine',
    params: z.object({ runId: z.string(), place: z.int().min(0) }),
    event: layerLookSchema,
  },
} as const;
