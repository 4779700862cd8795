import { useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { MAX_BLOCK_NAME } from '../../shared/document/document-schema';
import { groupOf } from '../../shared/document/edit-groups';
import { canRename, renameBlock } from '../../shared/document/edits';
import { isGroupId } from '../../shared/document/groups';
import { isNoteId } from '../../shared/document/notes';
import { nodeOwner } from '../../shared/plan/mirror';
import { currentDocument, edit, useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { editNote } from './notes';
import styles from './rename-field.module.css';

/** The node whose name is being typed on the canvas. */
export const useRenaming = create<{ readonly nodeId: string | null }>()(() => ({ nodeId: null }));

/** The only node that is selected, where it can be named. */
function nameable(): string | null {
  const { selection } = useDocument.getState();
  const group = selection.find((id) => isGroupId(nodeOwner(id).blockId));
  const [only] = selection;
  if (group !== undefined) return group;
  if (selection.length !== 1 || only === undefined) return null;
  return isNoteId(only) || canRename(currentDocument(), only) === null ? only : null;
}

/** Whether the one thing that is selected can be named, or is a note to be written on. */
export function canRenameSelection(): boolean {
  return nameable() !== null;
}

/** Lets the name of what is selected, or the text of a note, be typed in its place. */
export function renameSelection(): void {
  const nodeId = nameable();
  if (nodeId !== null && isNoteId(nodeId)) editNote(nodeId);
  else if (nodeId !== null && !isCollapsed(nodeId)) useRenaming.setState({ nodeId: frameOf(nodeId) });
  else useRenaming.setState({ nodeId });
}

function isCollapsed(nodeId: string): boolean {
  return groupOf(currentDocument(), nodeId)?.collapsed ?? false;
}

/** A frame is named at the encoder's; a block by itself. */
function frameOf(nodeId: string): string {
  const { blockId } = nodeOwner(nodeId);
  return isGroupId(blockId) ? blockId : nodeId;
}

interface RenameFieldProps {
  readonly nodeId: string;
  /** What it is called now; empty where it goes by its kind. */
  readonly name: string;
  readonly placeholder: string;
  readonly onName?: (name: string) => void;
}

/** The name of a node while it is being typed: Enter keeps it, Escape does not. */
export function RenameField({ nodeId, name, placeholder, onName }: RenameFieldProps) {
  const [draft, setDraft] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const end = (kept: boolean) => {
    if (useRenaming.getState().nodeId !== nodeId) return;
    useRenaming.setState({ nodeId: null });
    const rename = onName ?? ((next: string) => edit((document) => renameBlock(document, nodeId, next)));
    if (kept && draft !== name) rename(draft);
    input.current?.closest<HTMLElement>('.react-flow__node')?.focus();
  };
  return (
    <input
      ref={input}
      className={`${styles.field} nodrag nopan nowheel`}
      aria-label={t('canvas.nameOf', { id: nodeId })}
      value={draft}
      placeholder={placeholder}
      maxLength={MAX_BLOCK_NAME}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(true);
        else if (event.key === 'Escape') end(false);
      }}
    />
  );
}
