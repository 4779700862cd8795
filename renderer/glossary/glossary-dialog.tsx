import { Modal, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type Term, termOf, terms } from '../../shared/glossary/terms';
import { closeDialog, useDialog } from '../app/dialog-store';
import { matching } from '../app/word-match';
import { t } from '../strings/strings';
import styles from './glossary-dialog.module.css';

/** Every word of the field that the window uses, to be searched and followed. */
export function GlossaryDialog() {
  const { open, place } = useDialog();
  return (
    <Modal
      opened={open === 'glossary'}
      onClose={closeDialog}
      title={t('glossary.title')}
      size={640}
      centered
      transitionProps={{ duration: 0 }}
    >
      <Glossary first={place} />
    </Modal>
  );
}

function Glossary({ first }: { readonly first: string | null }) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(first);
  const list = useRef<HTMLDListElement>(null);
  const shown = matching(typed, terms, ({ name, also = [], text }) => ({
    name,
    about: `${also.join(' ')} ${text}`,
  }));
  useEffect(() => {
    if (chosen === null) return;
    const at = list.current?.querySelector<HTMLElement>(`[data-term="${chosen}"]`);
    at?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const goTo = (id: string) => {
    setTyped('');
    setChosen(id);
  };
  return (
    <>
      <TextInput
        aria-label={t('glossary.search')}
        placeholder={t('glossary.search')}
        leftSection={<Search size={13} />}
        leftSectionWidth={26}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <dl className={styles.terms} ref={list}>
        {shown.map((term) => (
          <Entry key={term.id} term={term} isChosen={term.id === chosen} onGo={goTo} />
        ))}
      </dl>
      {shown.length === 0 && <p className={styles.nothing}>{t('glossary.nothing', { typed })}</p>}
    </>
  );
}

interface EntryProps {
  readonly term: Term;
  readonly isChosen: boolean;
  readonly onGo: (id: string) => void;
}

function Entry({ term: { id, name, also = [], text, see = [] }, isChosen, onGo }: EntryProps) {
  return (
    <div className={styles.term} data-term={id} data-chosen={isChosen}>
      <dt>
        <span className={styles.name}>{name}</span>
        {also.length > 0 && <span className={styles.also}>{also.join(', ')}</span>}
      </dt>
      <dd>
        {text}
        {see.length > 0 && (
          <span className={styles.see}>
            {t('glossary.see')}
            {see.map((other) => (
              <button key={other} type="button" className={styles.link} onClick={() => onGo(other)}>
                {termOf(other)?.name}
              </button>
            ))}
          </span>
        )}
      </dd>
    </div>
  );
}
