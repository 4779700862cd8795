import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { changeNote } from '../../shared/document/edits';
import { MAX_NOTE_TEXT, NOTE_COLOURS, NOTE_LIMITS, type Note } from '../../shared/document/notes';
import { edit } from '../state/document-store';
import { t } from '../strings/strings';
import { Section } from './field';
import styles from './note-fields.module.css';
import { NumberSetting } from './number-field';

/** A note's text, colour and size. */
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
      {(['width', 'height'] as const).map((axis) => (
        <NumberSetting
          key={axis}
          label={t(`notes.${axis}`)}
          help={t(`notes.${axis}Help`)}
          value={note[axis]}
          min={NOTE_LIMITS.least[axis]}
          max={NOTE_LIMITS.most[axis]}
          step={10}
          whole
          unit="px"
          onChange={(value) => edit((document) => changeNote(document, note.id, { [axis]: value }))}
        />
      ))}
      <p className={styles.hint}>{t('notes.hint')}</p>
    </Section>
  );
}
