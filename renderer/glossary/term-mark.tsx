import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Term, termOfLabel } from '../../shared/glossary/terms';
import { openDialog } from '../app/dialog-store';
import { t } from '../strings/strings';
import styles from './term-mark.module.css';

/** What a word means, shown while the pointer or the focus is on its mark; pressed, the glossary opens there. */
function TermHelp({ term, children }: { readonly term: Term; readonly children: ReactNode }) {
  return (
    <Tooltip
      events={{ hover: true, focus: true, touch: false }}
      label={
        <>
          <strong>{term.name}</strong>
          <br />
          {term.text}
        </>
      }
    >
      {children}
    </Tooltip>
  );
}

/** A small “?” beside a label that is a word of the field; nothing beside others. */
export function TermMark({ label }: { readonly label: string }) {
  const term = termOfLabel(label);
  if (!term) return null;
  return (
    <TermHelp term={term}>
      <button
        type="button"
        className={styles.mark}
        aria-label={t('glossary.whatIs', { name: term.name })}
        aria-description={term.text}
        onClick={() => openDialog('glossary', term.id)}
      >
        <span aria-hidden="true">?</span>
      </button>
    </TermHelp>
  );
}

/**
 * A label in a table or beside a chart: underlined and explained where it is a word of the field. Such labels stand in
 * lines too close to be pressed, so this is none to press: all the glossary says of it is shown.
 */
export function TermLabel({ label, shown = label }: { readonly label: string; readonly shown?: string }) {
  const term = termOfLabel(label);
  if (!term) return <>{shown}</>;
  return (
    <TermHelp term={term}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what the pointer is shown, the keyboard has to reach too */}
      <dfn className={styles.word} tabIndex={0} aria-description={term.text}>
        {shown}
      </dfn>
    </TermHelp>
  );
}
