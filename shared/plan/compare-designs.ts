import type { Drawing, DrawingNode } from './drawing';

/** What became of a node from one design to another. */
export type DesignChange = 'same' | 'changed' | 'added' | 'removed';

/**
 * What became of each node of two designs: of the first, those that the second lacks were removed; of the second, those
 * that the first lacks were added. Nodes belong together by id and type; one is changed where its parameters, its skip or
 * its tie are others.
 */
export function comparedDesigns(
  before: Pick<Drawing, 'nodes'>,
  after: Pick<Drawing, 'nodes'>,
): { readonly before: ReadonlyMap<string, DesignChange>; readonly after: ReadonlyMap<string, DesignChange> } {
  const changes = (own: readonly DrawingNode[], other: readonly DrawingNode[], lacking: DesignChange) => {
    const others = new Map(other.map((node) => [node.id, node]));
    return new Map(
      own.map((node): [string, DesignChange] => {
        const counterpart = others.get(node.id);
        if (!counterpart || counterpart.type !== node.type) return [node.id, lacking];
        return [node.id, lookOf(counterpart) === lookOf(node) ? 'same' : 'changed'];
      }),
    );
  };
  return {
    before: changes(before.nodes, after.nodes, 'removed'),
    after: changes(after.nodes, before.nodes, 'added'),
  };
}

/** Of what the planner places the shape is all there is to it. */
function lookOf({ kind, description, params, skip, tied, outputShape }: DrawingNode): string {
  const entries = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([description, entries, skip, tied, kind === 'placed' ? outputShape : null]);
}
