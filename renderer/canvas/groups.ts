import { groupOf } from '../../shared/document/edit-groups';
import { canGroup, groupBlocks, setCollapsed, ungroup } from '../../shared/document/edits';
import { type Group, isGroupId, nextGroupId } from '../../shared/document/groups';
import { nodeOwner, twinId } from '../../shared/plan/mirror';
import { focusInspector } from '../inspector/focus-inspector';
import { currentDocument, edit, select, useDocument } from '../state/document-store';
import { selectedNodes } from '../state/selected-nodes';

/** The group whose frame or node is selected, or whose blocks are. */
export function selectedGroup(): Group | undefined {
  const { selection } = useDocument.getState();
  const own = selection.find((id) => isGroupId(nodeOwner(id).blockId)) ?? selection[0];
  return own === undefined ? undefined : groupOf(currentDocument(), own);
}

export function canGroupSelection(): boolean {
  return canGroup(currentDocument(), selectedNodes()) === null;
}

/** Makes a group of what is selected, and selects that. */
export function groupSelection(): void {
  const nodeIds = selectedNodes();
  const id = nextGroupId(currentDocument().groups ?? []);
  if (edit((document) => groupBlocks(document, nodeIds))) selectGroup(id);
}

export function ungroupSelection(): void {
  const group = selectedGroup();
  if (group && edit((document) => ungroup(document, [group.id]))) select(group.blocks);
}

/** Draws the selected group as one node, or opens it. */
export function toggleCollapsed(): void {
  const group = selectedGroup();
  if (group) collapseGroup(group.id, !group.collapsed);
}

/** `nodeId` may be a group's or that of its twins, which stays selected. */
export function collapseGroup(nodeId: string, collapsed: boolean): void {
  if (!edit((document) => setCollapsed(document, nodeId, collapsed))) return;
  if (collapsed) select([nodeId]);
  else selectGroup(nodeId);
}

/** Selects a group: the node it is drawn as, or its frame with all that is in it. */
export function selectGroup(nodeId: string): void {
  const group = groupOf(currentDocument(), nodeId);
  if (!group) return;
  const { twin } = nodeOwner(nodeId);
  const id = twin ? twinId(group.id) : group.id;
  const members = twin ? group.blocks.map(twinId) : group.blocks;
  select(group.collapsed ? [id] : [id, ...members]);
}

/** Enter: a collapsed group is opened to be edited in place; all else is edited in the inspector. */
export function editSelection(): void {
  const [only] = useDocument.getState().selection;
  const group = selectedGroup();
  if (group?.collapsed && only !== undefined) collapseGroup(only, false);
  else focusInspector();
}
