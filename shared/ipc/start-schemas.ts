import { z } from 'zod';
import { keptRunId } from './kept-run-id';

/** Which layers of a model are wanted. */
const weightsPart = z.union([
  z.enum(['whole', 'encoder', 'decoder']),
  z.array(z.string().min(1).max(300)).max(10_000),
]);

/** What a run begins with instead of fresh weights; where both have some for a layer, the model's are taken. */
export const startWeights = z.object({
  /** The run that the engine still has: layers whose shapes still match go on with its weights. */
  own: z.object({ runId: z.string() }).optional(),
  /** Another model: a kept run, which the host makes a folder of, or any place where one lies. */
  model: z
    .object({
      from: z.union([z.object({ run: keptRunId }), z.object({ path: z.string().min(1).max(4_096) })]),
      part: weightsPart,
    })
    .optional(),
});

/** What is kept of where a run's weights came from. */
export const startedFromSchema = z.object({
  /** The other model by its drawing's name, and the hash of that; left out where only this drawing's own run was gone on from. */
  model: z.object({ name: z.string(), hash: z.string(), part: weightsPart }).optional(),
  /** How many numbers came from the other model, from this drawing's own run, and were new. */
  loaded: z.int().min(0),
  kept: z.int().min(0),
  new: z.int().min(0),
});

export type StartWeights = z.infer<typeof startWeights>;
export type StartedFrom = z.infer<typeof startedFromSchema>;
