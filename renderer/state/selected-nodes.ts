import type { Position } from '../../shared/document/edits';
import { groupHalves } from '../../shared/plan/collapse';
import { currentDocument, useDocument } from './document-store';
import { canvasDrawing, currentDrawing } from './drawing';

/** The nodes that are meant by nodes of the canvas: of a group, all it holds in its half. */
function membersOf(nodeIds: readonly string[]): string[] {
  const halves = new Map(
    groupHalves(currentDocument(), currentDrawing().nodes).map((half) => [half.id, half]),
  );
  return [...new Set(nodeIds.flatMap((id) => halves.get(id)?.nodes.map((node) => node.id) ?? [id]))];
}

/** The ids of what is selected on the canvas beside wires: nodes of the drawing, those of groups among them, and notes. */
export function selectedNodes(): string[] {
  const selection = new Set(membersOf(useDocument.getState().selection));
  return [...currentDrawing().nodes, ...(currentDocument().notes ?? [])]
    .map(({ id }) => id)
    .filter((id) => selection.has(id));
}

/** Places for nodes of the canvas as places for what they stand for: a collapsed group takes its blocks along. */
export function placesOfMembers(places: Readonly<Record<string, Position>>): Record<string, Position> {
  const document = currentDocument();
  if (!document.groups) return { ...places };
  const { nodes } = currentDrawing();
  const shown = new Map(canvasDrawing(document).nodes.map((node) => [node.id, node]));
  const halves = new Map(groupHalves(document, nodes).map((half) => [half.id, half]));
  return Object.fromEntries(
    Object.entries(places).flatMap(([id, place]) => {
      const [half, node] = [halves.get(id), shown.get(id)];
      if (!half) return [[id, place]];
      if (!node) return [];
      const [dx, dy] = [place.x - node.position.x, place.y - node.position.y];
      return half.nodes.map(({ id: member, position: { x, y } }) => [member, { x: x + dx, y: y + dy }]);
    }),
  );
}
