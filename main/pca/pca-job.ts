import {
  type Pca,
  type PcaError,
  type PcaMeasuring,
  principalComponents,
  reconstructionError,
} from './principal-components';
import type { Rows } from './rows';

/** Work for the PCA thread. */
export type PcaJob =
  | { readonly kind: 'fit'; readonly rows: Rows; readonly components: number }
  | {
      readonly kind: 'error';
      readonly rows: Rows;
      readonly given?: Rows;
      readonly pca: Pca;
      readonly by: PcaMeasuring;
    };

export type PcaAnswer =
  | { readonly kind: 'fit'; readonly pca: Pca }
  | { readonly kind: 'error'; readonly error: PcaError };

export function performPcaJob(job: PcaJob): PcaAnswer {
  return job.kind === 'fit'
    ? { kind: 'fit', pca: principalComponents(job.rows, job.components) }
    : { kind: 'error', error: reconstructionError(job.rows, job.pca, job.by, job.given) };
}
