import type { Loss } from '../../shared/losses/catalogue';
import { type Pca, type PcaError, principalComponents, reconstructionError } from './principal-components';
import type { Rows } from './rows';

/** Work for the PCA thread. */
export type PcaJob =
  | { readonly kind: 'fit'; readonly rows: Rows; readonly components: number }
  | { readonly kind: 'error'; readonly rows: Rows; readonly pca: Pca; readonly loss: Loss };

export type PcaAnswer =
  | { readonly kind: 'fit'; readonly pca: Pca }
  | { readonly kind: 'error'; readonly error: PcaError };

export function performPcaJob(job: PcaJob): PcaAnswer {
  return job.kind === 'fit'
    ? { kind: 'fit', pca: principalComponents(job.rows, job.components) }
    : { kind: 'error', error: reconstructionError(job.rows, job.pca, job.loss) };
}
