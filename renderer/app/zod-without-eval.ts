import { z } from 'zod';

// zod compiles validators with `new Function` where it may; the window's policy forbids that. This has to be set
// before the first schema is made, so the entry imports this file before anything else.
z.config({ jitless: true });
