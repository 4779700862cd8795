import { isGroupId } from '../../shared/document/groups';
import { nodeOwner } from '../../shared/plan/mirror';
import { currentDocument } from '../state/document-store';
import { canvasDrawing } from '../state/drawing';

/** The node that a wire at this side of a node of the canvas ends at: of a collapsed group, the first or last that it holds. */
export function endInside(nodeId: string, side: 'source' | 'target'): string {
  if (!isGroupId(nodeOwner(nodeId).blockId)) return nodeId;
  const group = canvasDrawing(currentDocument()).nodes.find(({ id }) => id === nodeId);
  return (side === 'source' ? group?.holds?.last : group?.holds?.first) ?? nodeId;
}
