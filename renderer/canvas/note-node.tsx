import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo, useEffect, useRef, useState } from 'react';
import { changeNote } from '../../shared/document/edits';
import { MAX_NOTE_TEXT, NOTE_LIMITS } from '../../shared/document/notes';
import { edit } from '../state/document-store';
import { t } from '../strings/strings';
import type { NoteFlowNode } from './flow-elements';
import styles from './note-node.module.css';
import { editNote, useNotes } from './notes';

const { least, most } = NOTE_LIMITS;

/** A note on the canvas, behind blocks and wires. A double click lets it be written on; its corners resize it. */
export const NoteNode = memo(function NoteNode({ data: { note }, selected }: NodeProps<NoteFlowNode>) {
  const edited = useNotes((state) => state.edited === note.id);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the node around it has the role, the focus and the keys
    <div
      className={styles.note}
      data-colour={note.colour}
      data-selected={selected}
      onDoubleClick={() => editNote(note.id)}
    >
      <NodeResizer
        isVisible={selected && !edited}
        minWidth={least.width}
        minHeight={least.height}
        maxWidth={most.width}
        maxHeight={most.height}
        handleClassName={styles.handle ?? ''}
        lineClassName={styles.line ?? ''}
        onResizeStart={() => useNotes.setState({ resizing: true })}
        onResizeEnd={(_event, { x, y, width, height }) => {
          useNotes.setState({ resizing: false });
          edit((document) => changeNote(document, note.id, { x, y, width, height }));
        }}
      />
      {edited ? (
        <NoteText id={note.id} text={note.text} />
      ) : (
        <div className={styles.text} data-empty={note.text === ''}>
          {note.text || t('notes.empty')}
        </div>
      )}
    </div>
  );
});

/** The text while it is being typed. Escape and leaving it keep what was typed: undo takes it back. */
function NoteText({ id, text }: { readonly id: string; readonly text: string }) {
  const [draft, setDraft] = useState(text);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    area.current?.focus();
    area.current?.select();
  }, []);
  const end = () => {
    if (useNotes.getState().edited !== id) return;
    editNote(null);
    edit((document) => changeNote(document, id, { text: draft }));
    area.current?.closest<HTMLElement>('.react-flow__node')?.focus();
  };
  return (
    <textarea
      ref={area}
      className={`${styles.text} nodrag nopan nowheel`}
      aria-label={t('notes.text')}
      value={draft}
      maxLength={MAX_NOTE_TEXT}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={end}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) end();
      }}
    />
  );
}
