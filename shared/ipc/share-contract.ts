import { z } from 'zod';
import { binary } from './value-schemas';

/** Giving drawings away. */
export const shareCalls = {
  /** Writes a PNG, with a drawing inside or not, as a file of its own; what is there already is replaced. */
  'share.savePicture': {
    to: 'host',
    params: z.object({ path: z.string().min(1).max(33_000), png: binary }),
    result: z.object({ path: z.string() }),
  },
} as const;
