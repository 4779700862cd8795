import { Button, Modal, TextInput } from '@mantine/core';
import { Printer, Search } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { t } from '../strings/strings';
import { commandOf } from './commands';
import { closeDialog, openDialog, useDialog } from './dialog-store';
import { GESTURES } from './gestures';
import { KeyList } from './key-caps';
import { COMMAND_IDS, keysOf, useKeys } from './keys';
import { MENUS } from './menus';
import { shownKeystroke } from './pressed-keys';
import styles from './shortcuts-sheet.module.css';
import { matchRank } from './word-match';

/** Every key by menu, and every gesture by where it is made: to be searched and printed. */
export function ShortcutsSheet() {
  const open = useDialog((state) => state.open === 'shortcuts');
  return (
    <Modal
      opened={open}
      onClose={closeDialog}
      title={t('shortcuts.title')}
      size={920}
      centered
      transitionProps={{ duration: 0 }}
      classNames={{ content: styles.paper, inner: styles.page, overlay: styles.overlay }}
    >
      <Sheet />
    </Modal>
  );
}

interface Line {
  readonly id: string;
  readonly what: string;
  readonly how: ReactNode;
  /** The same in words, for the search. */
  readonly words: string;
}

function Sheet() {
  useKeys();
  const [typed, setTyped] = useState('');
  useEffect(() => {
    // What is printed while the sheet is open is the sheet.
    document.body.dataset.printed = 'sheet';
    return () => {
      delete document.body.dataset.printed;
    };
  }, []);
  const groups = sheetGroups()
    .map(({ title, lines }) => ({
      title,
      lines: lines.filter(({ what, words }) => matchRank(typed, what, `${words} ${title}`) !== null),
    }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <>
      <div className={styles.head}>
        <TextInput
          className={styles.search}
          aria-label={t('shortcuts.search')}
          placeholder={t('shortcuts.search')}
          leftSection={<Search size={13} />}
          leftSectionWidth={26}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" onClick={() => openDialog('settings', 'keys')}>
          {t('shortcuts.change')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Printer size={13} />}
          onClick={() => window.print()}
        >
          {t('shortcuts.print')}
        </Button>
      </div>
      {groups.length === 0 && <p className={styles.nothing}>{t('shortcuts.nothing', { typed })}</p>}
      <div className={styles.columns}>
        {groups.map(({ title, lines }) => (
          <section key={title} className={styles.group} aria-label={title}>
            <h3 className={styles.title}>{title}</h3>
            <dl className={styles.lines}>
              {lines.map(({ id, what, how }) => (
                <div key={id} className={styles.line}>
                  <dt>{what}</dt>
                  <dd>{how}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}

function sheetGroups(): readonly { readonly title: string; readonly lines: readonly Line[] }[] {
  const inMenus = new Set(MENUS.flatMap(({ items }) => items));
  const others = COMMAND_IDS.filter((id) => !inMenus.has(id));
  const menus = MENUS.map(({ label, items }) => ({
    title: label,
    ids: COMMAND_IDS.filter((id) => items.includes(id)),
  }));
  const ofKeys = [...menus, { title: t('shortcuts.other'), ids: others }].map(({ title, ids }) => ({
    title,
    lines: ids.flatMap((id): Line[] => {
      const keys = keysOf(id);
      if (keys.length === 0) return [];
      const words = keys.map((each) => shownKeystroke(each)).join(' ');
      return [{ id, what: commandOf(id).label, how: <KeyList keys={keys} />, words }];
    }),
  }));
  const ofGestures = GESTURES.map(({ title, gestures }) => ({
    title,
    lines: gestures.map(({ how, what }) => ({ id: how, what, how, words: how })),
  }));
  return [...ofKeys, ...ofGestures];
}
