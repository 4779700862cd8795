import { z } from 'zod';

/** A folder's name, and nothing that leads anywhere else. */
export const keptRunId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,120}$/);
