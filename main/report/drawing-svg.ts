import type { GraphDocument } from '../../shared/document/graph-document';
import { nodeWidth, sideHeight } from '../../shared/plan/auto-layout';
import { type DrawingNode, drawingOf } from '../../shared/plan/drawing';
import { formatShape } from '../../shared/tensors/shape';
import { type Html, html } from './html';

const MARGIN = 24;
/** Room below the blocks, for their words and for skips. */
const BELOW = 64;
const LONGEST_LABEL = 15;

/** A drawing as the canvas shows it, as SVG; its colours are the page's. */
export function drawingSvg(document: GraphDocument): Html {
  const { nodes, wires } = drawingOf(document);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const left = Math.min(...nodes.map(({ position }) => position.x)) - MARGIN;
  const top = Math.min(...nodes.map(({ position }) => position.y)) - MARGIN;
  const right = Math.max(...nodes.map((node) => node.position.x + nodeWidth(node.kind))) + MARGIN;
  const bottom = Math.max(...nodes.map(({ position, height }) => position.y + height)) + BELOW;
  const [width, height] = [right - left, bottom - top];
  const title = `The drawing: ${nodes.length} blocks`;
  return html`<svg class="drawing" viewBox="${round(left)} ${round(top)} ${round(width)} ${round(height)}" width="${round(width)}" role="img" aria-label="${title}">
${wires.map(({ from, to, skip }) => {
  const [source, target] = [byId.get(from), byId.get(to)];
  if (!source || !target) return null;
  return html`<path class="${skip ? 'wire skip' : 'wire'}" d="${wirePath(source, target, skip !== null)}"/>`;
})}
${nodes.map(nodeSvg)}
</svg>`;
}

function wirePath(source: DrawingNode, target: DrawingNode, isSkip: boolean): string {
  const [x1, y1] = [source.position.x + nodeWidth(source.kind), source.position.y + source.height / 2];
  const [x2, y2] = [target.position.x, target.position.y + target.height / 2];
  if (!isSkip) {
    const bend = Math.max(12, (x2 - x1) / 2);
    return `M${round(x1)} ${round(y1)} C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${round(x2)} ${round(y2)}`;
  }
  // Under both blocks, from the middle of the one to that of the other.
  const [from, to] = [x1 - nodeWidth(source.kind) / 2, x2 + nodeWidth(target.kind) / 2];
  const [begin, end] = [source.position.y + source.height, target.position.y + target.height];
  const low = Math.max(begin, end) + 44;
  return `M${round(from)} ${round(begin)} C${round(from)} ${round(low)} ${round(to)} ${round(low)} ${round(to)} ${round(end)}`;
}

function nodeSvg(node: DrawingNode): Html {
  const { position, height, inputShape, outputShape, half, kind, bypassed } = node;
  const width = nodeWidth(node.kind);
  const [a, b] = [sideHeight(inputShape ?? outputShape), sideHeight(outputShape ?? inputShape)];
  const [x, middle] = [position.x, position.y + height / 2];
  const corners = [
    [x, middle - a / 2],
    [x + width, middle - b / 2],
    [x + width, middle + b / 2],
    [x, middle + a / 2],
  ];
  const points = corners.map((corner) => corner.map(round).join(',')).join(' ');
  const shape = outputShape ? formatShape(outputShape) : '';
  const name = node.label.length > LONGEST_LABEL ? node.brief : node.label;
  const details = [node.description, shape].filter(
    (text, at, all) => text !== '' && all.indexOf(text) === at,
  );
  const words = kind === 'placed' ? [] : [name, ...details].map(shortened);
  const centre = round(x + width / 2);
  return html`<g class="node ${half}${bypassed ? ' bypassed' : ''}"><title>${`${node.label} ${node.description} → ${shape}`}</title><polygon points="${points}"/>${words.map(
    (line, at) =>
      html`<text class="${at === 0 ? 'name' : 'detail'}" x="${centre}" y="${round(middle + (at - (words.length - 1) / 2) * 15 + 4)}">${line}</text>`,
  )}</g>`;
}

function shortened(text: string): string {
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
