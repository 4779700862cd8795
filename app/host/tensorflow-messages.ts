import { z } from 'zod';

/** What the host tells the process that fetches TensorFlow. */
export const orderSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fetch'), cacheFolder: z.string() }),
  z.strictObject({ kind: z.literal('cancel') }),
]);
export type FetchOrder = z.infer<typeof orderSchema>;

/** What that process tells the host; `ended` comes last, and once. */
export const newsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('line'), line: z.string() }),
  z.strictObject({ kind: z.literal('bytes'), done: z.number(), total: z.number().nullable() }),
  z.strictObject({
    kind: z.literal('ended'),
    result: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('here'), how: z.string().nullable() }),
      z.strictObject({ outcome: z.literal('cancelled') }),
      z.strictObject({ outcome: z.literal('failed'), reason: z.string(), cure: z.string() }),
    ]),
  }),
]);
export type FetchNews = z.infer<typeof newsSchema>;
