import type { GraphDocument } from '../document/graph-document';
import type { Group } from '../document/groups';
import { NODE_WIDTH, nodeHeight, nodeWidth } from './auto-layout';
import type { Drawing, DrawingNode, DrawingWire } from './drawing';
import { nodeOwner, twinId } from './mirror';
import { wireId } from './wiring';

/** One half of a group as the canvas shows it: the encoder's blocks, or their twins. */
export interface GroupHalf {
  /** The group's id, with a prime for its twins. */
  readonly id: string;
  readonly group: Group;
  readonly name: string;
  readonly half: 'encoder' | 'decoder';
  /** The nodes it holds, what the planner placed for its blocks among them. */
  readonly nodes: readonly DrawingNode[];
}

type Shown = Pick<Drawing, 'nodes' | 'wires'>;

/** Both halves of every group, as far as they have nodes: blocks without a mirror have no twins. */
export function groupHalves(doc: GraphDocument, nodes: readonly DrawingNode[]): readonly GroupHalf[] {
  return (doc.groups ?? []).flatMap((group) => {
    const members = new Set(group.blocks);
    const own = nodes.filter(({ id }) => members.has(nodeOwner(id).blockId));
    const halves: GroupHalf[] = [
      {
        id: group.id,
        group,
        name: group.name,
        half: 'encoder',
        nodes: own.filter(({ id }) => !nodeOwner(id).twin),
      },
      {
        id: twinId(group.id),
        group,
        name: twinId(group.name),
        half: 'decoder',
        nodes: own.filter(({ id }) => nodeOwner(id).twin),
      },
    ];
    return halves.filter((half) => half.nodes.length > 0);
  });
}

/**
 * The drawing with every collapsed group as one node in each half, in the middle of where its blocks stand: it shows the
 * shape that comes in, the one that goes out, and how many parameters its blocks have together. Wires inside are left out;
 * those that cross its edge lead to it, the first of several between the same two for all.
 */
export function collapsedDrawing(doc: GraphDocument, drawing: Shown): Shown {
  const halves = groupHalves(doc, drawing.nodes).filter(({ group }) => group.collapsed);
  if (halves.length === 0) return drawing;
  const holder = new Map(halves.flatMap((half) => half.nodes.map(({ id }) => [id, half.id] as const)));
  const wires = new Map<string, DrawingWire>();
  for (const wire of drawing.wires) {
    const [from, to] = [holder.get(wire.from) ?? wire.from, holder.get(wire.to) ?? wire.to];
    if (from === to) continue;
    const id = wireId(from, to);
    const crossing = from === wire.from && to === wire.to ? wire : { ...wire, id, from, to, own: wire.id };
    if (!wires.has(id)) wires.set(id, crossing);
  }
  const shown = [...wires.values()];
  const nodes = drawing.nodes.filter(({ id }) => !holder.has(id));
  return { nodes: [...nodes, ...halves.map((half) => asNode(half, shown, drawing.wires))], wires: shown };
}

function asNode(
  { id, group, name, half, nodes }: GroupHalf,
  wires: readonly DrawingWire[],
  withInner: readonly DrawingWire[],
): DrawingNode {
  const straight = wires.filter(({ skip }) => skip === null);
  const inputShape = straight.find(({ to }) => to === id)?.shape ?? null;
  const outputShape = straight.find(({ from }) => from === id)?.shape ?? null;
  const counts = nodes.map(({ parameterCount }) => parameterCount ?? 0);
  const height = nodeHeight(inputShape, outputShape);
  const { x, y, width, height: all } = boundsOf(nodes);
  const count = group.blocks.length;
  return {
    id,
    blockId: null,
    type: 'group',
    kind: 'group',
    half,
    label: name,
    brief: name,
    kindLabel: 'Group',
    bypassed: false,
    description: count === 1 ? '1 block' : `${count} blocks`,
    params: {},
    inputShape,
    outputShape,
    stoppedBy: null,
    parameterCount: counts.reduce((sum, own) => sum + own, 0),
    problems: nodes.flatMap(({ problems }) => problems),
    skip: null,
    tied: false,
    holds: { members: nodes.map((node) => node.id), ...endsOf(nodes, withInner) },
    differences: [],
    position: { x: x + (width - NODE_WIDTH) / 2, y: y + (all - height) / 2 },
    height,
  };
}

/** Where wires lead into some nodes and out of them: at those that others are wired to already, or else could be. */
function endsOf(nodes: readonly DrawingNode[], all: readonly DrawingWire[]) {
  const ids = nodes.map(({ id }) => id);
  const own = new Set(ids);
  const wires = all.filter(({ skip }) => skip === null);
  const entered = wires.find(({ from, to }) => own.has(to) && !own.has(from))?.to;
  const left = wires.find(({ from, to }) => own.has(from) && !own.has(to))?.from;
  const begins = ids.find((id) => !wires.some(({ from, to }) => to === id && own.has(from)));
  const ends = ids.find((id) => !wires.some(({ from, to }) => from === id && own.has(to)));
  const [any = ''] = ids;
  return { first: entered ?? begins ?? any, last: left ?? ends ?? any };
}

/** The rectangle around nodes, in pixels at zoom 1. */
export function boundsOf(nodes: readonly DrawingNode[]) {
  const left = Math.min(...nodes.map(({ position }) => position.x));
  const top = Math.min(...nodes.map(({ position }) => position.y));
  const right = Math.max(...nodes.map(({ kind, position }) => position.x + nodeWidth(kind)));
  const bottom = Math.max(...nodes.map(({ position, height }) => position.y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
