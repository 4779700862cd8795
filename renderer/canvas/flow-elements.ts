import type { Edge, Node } from '@xyflow/react';
import type { Drawing, DrawingNode, DrawingWire } from '../../shared/plan/drawing';
import { formatShape } from '../../shared/tensors/shape';
import { silhouette, widthOf } from './hourglass-geometry';
import { skipLevels } from './skip-levels';

export type BlockFlowNode = Node<{ readonly node: DrawingNode }, 'block'>;
export type WireFlowEdge = Edge<{ readonly wire: DrawingWire; readonly half: 'encoder' | 'decoder' }, 'wire'>;
export type SkipFlowEdge = Edge<
  {
    readonly wire: DrawingWire;
    /** The y of its lowest stretch, at zoom 1. */
    readonly level: number;
    /** From the middle of each end's block down to its lower edge, in pixels at zoom 1. */
    readonly edges: { readonly source: number; readonly target: number };
  },
  'skip'
>;
export type CanvasEdge = WireFlowEdge | SkipFlowEdge;

/** The nodes as React Flow takes them. */
export function flowNodes(drawing: Drawing, selection: readonly string[]): BlockFlowNode[] {
  return drawing.nodes.map((node) => ({
    id: node.id,
    type: 'block',
    position: node.position,
    width: widthOf(node),
    height: node.height,
    data: { node },
    selected: selection.includes(node.id),
    ariaLabel: nodeName(node),
    deletable: false,
  }));
}

export function flowEdges(drawing: Drawing, selection: readonly string[]): CanvasEdge[] {
  const nodes = new Map(drawing.nodes.map((node) => [node.id, node]));
  const levels = skipLevels(drawing);
  return drawing.wires.map((wire) => {
    const { id, from, to, shape, skip } = wire;
    const name = skip ? `Skip from ${from} to ${to}` : `Wire from ${from} to ${to}`;
    const edge = {
      id,
      source: from,
      target: to,
      selected: selection.includes(id),
      ariaLabel: `${name}, ${shape ? formatShape(shape) : 'shape not known'}`,
      deletable: false,
    };
    if (skip) {
      const edges = { source: lowerEdge(nodes.get(from)), target: lowerEdge(nodes.get(to)) };
      return {
        ...edge,
        type: 'skip',
        data: { wire, level: levels.get(id) ?? 0, edges },
        reconnectable: false,
      };
    }
    const half = nodes.get(from)?.half === 'encoder' ? 'encoder' : 'decoder';
    return { ...edge, type: 'wire', data: { wire, half }, reconnectable: wire.derived ? false : 'target' };
  });
}

/** From the middle of a block down to its outline, halfway between the sides. */
function lowerEdge(node: DrawingNode | undefined): number {
  if (!node) return 0;
  const { left, right } = silhouette(node.inputShape, node.outputShape, widthOf(node));
  return (left + right) / 4;
}

/** What a screen reader says of a node: `Convolution conv-2, encoder, 32 · 3×3 /2, output 14×14×32, 1 problem`. */
function nodeName(node: DrawingNode): string {
  const parts = [node.id === node.type ? node.label : `${node.label} ${node.id}`, node.half];
  if (node.description) parts.push(node.description);
  if (node.outputShape) parts.push(`output ${formatShape(node.outputShape)}`);
  if (node.problems.length > 0) {
    parts.push(node.problems.length === 1 ? '1 problem' : `${node.problems.length} problems`);
  }
  return [...new Set(parts)].join(', ');
}
