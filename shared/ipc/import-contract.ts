import { z } from 'zod';
import { modelAbout } from './model-schemas';

/** Calls about models of other programs. */
export const importCalls = {
  /**
   * Draws a model of another program (a TensorFlow.js LayersModel, Keras, ONNX), compares what both give, and keeps it by an id
   * like an opened model. Nothing in the file is run. Refused with a Problem for each layer that is in the way.
   */
  'model.import': {
    to: 'engine',
    params: z.object({ path: z.string().min(1) }),
    result: z.object({
      /** Of the drawing. */
      text: z.string(),
      about: modelAbout,
      /** What wrote it: “Keras 3.15”. */
      madeBy: z.string(),
      /** What is drawn otherwise than it is in the file; sentences. */
      notes: z.array(z.string()),
      /** How far the drawing's output is from the model's own, and what ran that. */
      check: z.object({
        by: z.string(),
        samples: z.int(),
        largestDifference: z.number(),
        largestOutput: z.number(),
      }),
    }),
  },
} as const;
