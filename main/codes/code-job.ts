import { type CodePlane, codePlane } from './code-plane';
import { type CodeStatistics, type Codes, codeStatistics } from './code-statistics';
import { type UmapProgress, type UmapWish, umapEmbedding } from './umap-embedding';

/** What there is to know of codes before they are drawn. */
export interface CodeDescription extends CodeStatistics {
  readonly plane: CodePlane | null;
}

/** Work for the thread of codes. */
export type CodeJob = ({ readonly kind: 'describe' } & Codes) | ({ readonly kind: 'embed' } & UmapWish);

/** What it says: one description, or the progress of a layout up to `done`. */
export type CodeMessage =
  | { readonly kind: 'description'; readonly description: CodeDescription }
  | { readonly kind: 'embedding'; readonly progress: UmapProgress };

export function descriptionOf(codes: Codes): CodeDescription {
  const statistics = codeStatistics(codes);
  return { ...statistics, plane: codePlane(codes, statistics) };
}

export function performCodeJob(job: CodeJob, tell: (message: CodeMessage) => void): void {
  if (job.kind === 'describe') {
    tell({ kind: 'description', description: descriptionOf(job) });
  } else {
    umapEmbedding(job, (progress) => tell({ kind: 'embedding', progress }));
  }
}
