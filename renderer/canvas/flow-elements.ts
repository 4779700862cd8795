import type { Edge, Node } from '@xyflow/react';
import { NODE_WIDTH, PLACED_WIDTH } from '../../shared/plan/auto-layout';
import type { Drawing, DrawingNode, DrawingWire } from '../../shared/plan/drawing';
import { formatShape } from '../../shared/tensors/shape';

export type BlockFlowNode = Node<{ readonly node: DrawingNode }, 'block'>;
export type WireFlowEdge = Edge<{ readonly wire: DrawingWire; readonly half: 'encoder' | 'decoder' }, 'wire'>;

export function widthOf(node: DrawingNode): number {
  return node.kind === 'placed' ? PLACED_WIDTH : NODE_WIDTH;
}

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

export function flowEdges(drawing: Drawing, selection: readonly string[]): WireFlowEdge[] {
  const halves = new Map(drawing.nodes.map((node) => [node.id, node.half]));
  return drawing.wires.map((wire) => ({
    id: wire.id,
    type: 'wire',
    source: wire.from,
    target: wire.to,
    data: { wire, half: halves.get(wire.from) === 'encoder' ? 'encoder' : 'decoder' },
    selected: selection.includes(wire.id),
    ariaLabel: `Wire from ${wire.from} to ${wire.to}, ${wire.shape ? formatShape(wire.shape) : 'shape not known'}`,
    deletable: false,
    reconnectable: wire.derived ? false : 'target',
  }));
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
