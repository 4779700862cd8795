import { basename } from 'node:path';
import { keptRunId } from '../../shared/ipc/kept-run-id';
import type { KeepingNote, ParentRun, RunSummaryFile } from '../../shared/ipc/kept-run-schemas';
import { readSummary } from './read-summary';

/** Which run it is, and the one that it branched off from. */
export type Lineage = Pick<KeepingNote, 'identity' | 'parent'>;

/** The run in a folder, as one that branches off from it names it; undefined where the folder is of none that has ended. */
export async function parentIn(folder: string): Promise<ParentRun | undefined> {
  const summary = await readSummary(folder);
  return summary ? asParent(folder, summary) : undefined;
}

/** The same, of what is known of it already. */
export function asParent(
  folder: string,
  { identity, document }: Pick<RunSummaryFile, 'identity' | 'document'>,
): ParentRun {
  const id = keptRunId.safeParse(basename(folder));
  return {
    ...(identity && { identity }),
    ...(id.success && { id: id.data }),
    name: document.name.slice(0, 300),
  };
}
