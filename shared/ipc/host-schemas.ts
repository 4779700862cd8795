import { z } from 'zod';

export const fileEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  size: z.number(),
  modified: z.number(),
});
