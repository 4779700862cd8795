import { anomalies } from './anomalies';
import type { Claim } from './claim';
import { colouring } from './colouring';
import { denoising } from './denoising';
import { watermark } from './watermark';

/** Every claim there is, in the order they are checked. */
export const claims: readonly Claim[] = [denoising, watermark, colouring, anomalies];
