import type { KeptRun } from '../../shared/ipc/contract';

/** A run in its place in the tree. */
export interface Branch {
  readonly run: KeptRun;
  /** How many runs stand above it, of those that are listed: 0 where it begins a family. */
  readonly depth: number;
}

/** The run that one branched off from, as long as it is kept; undefined where it did not, or that was deleted. */
export function parentOf({ parent, identity }: KeptRun, runs: readonly KeptRun[]): KeptRun | undefined {
  if (!parent || (parent.identity !== undefined && parent.identity === identity)) return undefined;
  const isSame = (run: KeptRun) => parent.identity !== undefined && run.identity === parent.identity;
  return runs.find(isSame) ?? runs.find(({ id }) => id === parent.id);
}

/**
 * Runs with those below them that branched off from them. A family stands where the first of it stood, and brothers in the order
 * they had.
 *
 * @param listed in the order that they are shown in
 */
export function inTree(listed: readonly KeptRun[]): readonly Branch[] {
  const parents = new Map(listed.map((run) => [run, parentOf(run, listed)]));
  const children = new Map<KeptRun, KeptRun[]>();
  for (const [run, parent] of parents)
    if (parent) children.set(parent, [...(children.get(parent) ?? []), run]);
  const placed = new Set<KeptRun>();
  const branches: Branch[] = [];
  const place = (run: KeptRun, depth: number) => {
    if (placed.has(run)) return;
    placed.add(run);
    branches.push({ run, depth });
    for (const child of children.get(run) ?? []) place(child, depth + 1);
  };
  for (const run of listed) if (!placed.has(run)) place(firstOf(run, parents), 0);
  return branches;
}

/** The run that a family begins with. Files that were meddled with may lead round in a circle. */
function firstOf(run: KeptRun, parents: ReadonlyMap<KeptRun, KeptRun | undefined>): KeptRun {
  const seen = new Set([run]);
  let first = run;
  for (let parent = parents.get(run); parent && !seen.has(parent); parent = parents.get(parent)) {
    seen.add(parent);
    first = parent;
  }
  return first;
}
