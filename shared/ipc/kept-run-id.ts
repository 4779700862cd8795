import { z } from 'zod';

/** A folder's name, and nothing that leads anywhere else. */
export const keptRunId = z.string().regex(/^[A-Za-z0-9][\w.-]{0,120}$/);
