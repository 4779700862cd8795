import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { changeNote } from '../../shared/document/edits';
import { MAX_NOTE_TEXT, NOTE_COLOURS, type Note } from '../../shared/document/notes';
import { edit } from '../state/document-store';
import { t } from '../strings/strings';
import { Section } from './field';
import styles from './note-fields.module.css';

/** A note's text and colour. */
export function NoteFields({ note }: { readonly note: Note }) {
  const [draft, setDraft] = useState(note.text);
  useEffect(() => setDraft(note.text), [note.text]);
  return (
    <Section title={t('notes.section')}>
      <div className={styles.text}>
        <Textarea
          size="xs"
          aria-label={t('notes.text')}
          placeholder={t('notes.empty')}
          autosize
          minRows={4}
          maxRows={14}
          maxLength={MAX_NOTE_TEXT}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={() => edit((document) => changeNote(document, note.id, { text: draft }))}
        />
      </div>
      <fieldset className={styles.colours}>
        <legend className={styles.legend}>{t('notes.colour')}</legend>
        {NOTE_COLOURS.map((colour) => (
          <label
            key={colour}
            className={styles.colour}
            data-colour={colour}
            data-chosen={note.colour === colour}
            title={t(`notes.${colour}`)}
          >
            <input
              type="radio"
              name={note.id}
              aria-label={t(`notes.${colour}`)}
              checked={note.colour === colour}
              onChange={() => edit((document) => changeNote(document, note.id, { colour }))}
            />
          </label>
        ))}
      </fieldset>
      <p className={styles.hint}>{t('notes.hint')}</p>
    </Section>
  );
}
