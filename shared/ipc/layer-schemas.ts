import { z } from 'zod';
import { binary, shape } from './value-schemas';

/** The sample whose representations are looked at. */
export const layerSampleSchema = z.discriminatedUnion('kind', [
  /** By its place among the run's validation samples, or its training samples where it has no others. */
  z.object({ kind: z.literal('place'), place: z.int().min(0) }),
  /** One of the user's own: uint8, the shape of the data. It goes in as it is. */
  z.object({ kind: z.literal('own'), pixels: binary }),
]);
export type LayerSample = z.infer<typeof layerSampleSchema>;

/** A layer of a run's plan. */
export const runLayerSchema = z.object({
  id: z.string(),
  type: z.string(),
  half: z.enum(['encoder', 'code', 'decoder']),
  inputShape: shape,
  outputShape: shape,
  activation: z.string(),
  /** Weights in float32, channels last, convolution kernels HWIO. `of`: the layer whose they are, where they are shared. */
  weights: z.array(z.object({ name: z.string(), shape, of: z.string(), transposed: z.boolean() })),
  parameterCount: z.int(),
});
export type RunLayer = z.infer<typeof runLayerSchema>;

/** Numbers, cut down to what a window can use. */
export const layerValuesSchema = z.object({
  shape,
  /** float32 of `shape`. */
  values: binary,
  /** How long the last axis is in full; `shape` has fewer where it was cut. */
  of: z.int(),
});

/** How numbers are spread: counts of even bins from `least` to `most`. */
const spread = z.object({
  least: z.number(),
  most: z.number(),
  mean: z.number(),
  deviation: z.number(),
  counts: z.array(z.int()),
  count: z.int(),
});

export const layerRecordSchema = z.object({
  epoch: z.int(),
  step: z.int(),
  activations: spread,
  weights: z.array(z.object({ name: z.string(), spread })),
  /** Units (places along the last axis) of a ReLU that gave out nothing for the whole probe; null for other layers. */
  silent: z.array(z.int()).nullable(),
});
export type LayerRecordTold = z.infer<typeof layerRecordSchema>;

/** What blocks show of a run at one moment. */
export const layerLookSchema = z.object({
  step: z.int(),
  /** Places in `pixels` follow each other in this order: count × height × width bytes each. */
  thumbnails: z.array(
    z.object({
      id: z.string(),
      shape,
      /** `picture`: planes of one picture (grey or RGB); `maps`: feature maps; `bars`: a vector; `courses`: channels of a series. */
      kind: z.enum(['picture', 'maps', 'bars', 'courses']),
      count: z.int(),
      /** How many there are in full. */
      of: z.int(),
      height: z.int(),
      width: z.int(),
      /** What 0 and 255 stand for. */
      least: z.number(),
      most: z.number(),
    }),
  ),
  pixels: binary,
  /** Of layers with ReLUs, as found last: the units that are silent for all `samples` of the probe, by their places. */
  silent: z.array(z.object({ id: z.string(), places: z.array(z.int()), units: z.int() })),
  samples: z.int(),
  /** Share of the time that layers take, forward and back, each measured by itself; null until it was measured. */
  times: z.array(z.object({ id: z.string(), milliseconds: z.number(), share: z.number() })).nullable(),
});
export type LayerLook = z.infer<typeof layerLookSchema>;

/** Which samples a representation is exported for. */
const exportedSchema = z.discriminatedUnion('kind', [
  ...layerSampleSchema.options,
  z.object({ kind: z.literal('group'), group: z.enum(['validation', 'test', 'train']) }),
]);
export type Exported = z.infer<typeof exportedSchema>;

/** How to write a layer's representation. */
export const layerExportSchema = z.object({
  runId: z.string(),
  layerId: z.string(),
  of: exportedSchema,
  /** Absolute; its ending (`.npy`, `.csv`) says how. */
  path: z.string().min(1).max(4_096),
});
