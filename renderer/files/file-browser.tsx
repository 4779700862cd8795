import { ActionIcon, Button, Modal, TextInput, Tooltip } from '@mantine/core';
import { ArrowUp, File, Folder } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { FileQuestion } from '../../shared/ipc/shell-schemas';
import row from '../app/row-button.module.css';
import { sentenceOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import styles from './file-browser.module.css';
import { useFileQuestion } from './file-dialogs';
import { join } from './paths';

type Listing = Awaited<ReturnType<typeof list>>;
type Entry = Listing['entries'][number];

function list(path: string) {
  return call('files.list', { path });
}

/** The dialog that answers `askForFile` where there is no system dialog. */
export function FileBrowser() {
  const asked = useFileQuestion((state) => state.asked);
  return (
    <Modal
      opened={asked !== null}
      onClose={() => asked?.answer(null)}
      title={asked?.title}
      size={620}
      transitionProps={{ duration: 0 }}
    >
      {asked && <Browser key={`${asked.title}${asked.folder}`} question={asked} answer={asked.answer} />}
    </Modal>
  );
}

interface BrowserProps {
  readonly question: FileQuestion;
  readonly answer: (path: string | null) => void;
}

function Browser({ question, answer }: BrowserProps) {
  const [listing, setListing] = useState<Listing | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [typed, setTyped] = useState(question.folder);
  const [chosen, setChosen] = useState<Entry | null>(null);
  const [name, setName] = useState(question.name ?? '');
  const rows = useRef<HTMLDivElement>(null);

  // A folder that was asked for earlier may be listed later: it must not take the place of the last.
  const asked = useRef(0);
  // Nor does a folder that comes late take the place of what is being typed.
  const typing = useRef(false);
  const go = useCallback(async (path: string) => {
    asked.current += 1;
    typing.current = false;
    const mine = asked.current;
    try {
      const next = await list(path);
      if (mine !== asked.current) return;
      setListing(next);
      if (!typing.current) setTyped(next.path);
      setChosen(null);
      setFailure(null);
    } catch (error) {
      if (mine === asked.current) setFailure(sentenceOf(error));
    }
  }, []);
  useEffect(() => void go(question.folder), [go, question.folder]);

  const { purpose, endings } = question;
  const choosesFolder = purpose === 'data' || purpose === 'folder';
  const entries = (listing?.entries ?? []).filter(
    (entry) =>
      !entry.name.startsWith('.') &&
      (entry.kind === 'folder' ||
        (purpose !== 'folder' && endings.length === 0) ||
        endings.some((ending) => entry.name.toLowerCase().endsWith(ending))),
  );

  const open = (entry: Entry) => {
    if (entry.kind === 'folder') void go(entry.path);
    else if (purpose === 'save') setName(entry.name);
    else answer(entry.path);
  };
  const pick = (entry: Entry) => {
    setChosen(entry);
    if (purpose === 'save' && entry.kind === 'file') setName(entry.name);
  };
  const confirm = () => {
    if (!listing) return;
    // A folder that was typed counts, also before it has been listed.
    const typing = typed.trim() !== '' && typed !== listing.path;
    const folder = typing ? typed.trim() : listing.path;
    if (purpose === 'save') {
      const ending = endings[0] ?? '';
      const trimmed = name.trim();
      if (trimmed === '') return;
      answer(join(folder, trimmed.toLowerCase().endsWith(ending) ? trimmed : trimmed + ending));
    } else if (typing) {
      if (choosesFolder) answer(folder);
      else void go(folder);
    } else if (chosen?.kind === 'file') answer(chosen.path);
    else if (choosesFolder) answer(chosen?.path ?? folder);
    else if (chosen) void go(chosen.path);
  };
  const onKey = (event: KeyboardEvent) => {
    const buttons = [...(rows.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      buttons[Math.min(buttons.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
    } else if (event.key === 'Backspace' && listing?.parent) {
      void go(listing.parent);
    }
  };

  const canConfirm =
    purpose === 'save' ? name.trim() !== '' : choosesFolder ? listing !== null : chosen !== null;
  const verb = t(
    purpose === 'save'
      ? 'files.save'
      : choosesFolder && chosen?.kind !== 'file'
        ? 'files.useFolder'
        : 'files.open',
  );

  return (
    <>
      <div className={styles.bar}>
        <Tooltip label={t('files.up')}>
          <ActionIcon
            aria-label={t('files.up')}
            disabled={!listing?.parent}
            onClick={() => listing?.parent && void go(listing.parent)}
          >
            <ArrowUp size={15} />
          </ActionIcon>
        </Tooltip>
        <TextInput
          className={styles.path}
          aria-label={t('files.folder')}
          value={typed}
          onChange={(event) => {
            typing.current = true;
            setTyped(event.currentTarget.value);
          }}
          onKeyDown={(event) => event.key === 'Enter' && void go(typed)}
          error={failure}
        />
      </div>
      <div
        className={styles.list}
        ref={rows}
        role="listbox"
        aria-label={t('files.list')}
        onKeyDown={onKey}
        tabIndex={-1}
      >
        {entries.map((entry) => (
          <button
            key={entry.path}
            type="button"
            className={`${row.row} ${styles.row}`}
            role="option"
            aria-selected={chosen?.path === entry.path}
            onClick={() => pick(entry)}
            onFocus={() => pick(entry)}
            onDoubleClick={() => open(entry)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              open(entry);
            }}
          >
            <span className={styles.icon}>
              {entry.kind === 'folder' ? <Folder size={14} /> : <File size={14} />}
            </span>
            <span className={styles.name}>{entry.name}</span>
            <span className={styles.dim}>{entry.kind === 'file' ? formatBytes(entry.size) : ''}</span>
            <span className={styles.dim}>{formatDay(entry.modified)}</span>
          </button>
        ))}
        {listing && entries.length === 0 && (
          <div className={styles.state} role="option" aria-disabled aria-selected={false} tabIndex={-1}>
            {endings.length > 0
              ? t('files.noneOfKind', { endings: endings.join(t('files.orEnding')) })
              : t('files.none')}
          </div>
        )}
        {!listing && !failure && (
          <div className={styles.state} role="option" aria-disabled aria-selected={false} tabIndex={-1}>
            {t('files.reading')}
          </div>
        )}
      </div>
      <div className={styles.foot}>
        {purpose === 'save' && (
          <TextInput
            className={styles.grow}
            label={t('files.name')}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && confirm()}
          />
        )}
        <Button size="xs" variant="default" onClick={() => answer(null)}>
          {t('files.cancel')}
        </Button>
        <Button size="xs" disabled={!canConfirm} onClick={confirm}>
          {verb}
        </Button>
      </div>
    </>
  );
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toPrecision(3)} ${units[power - 1]}`;
}

function formatDay(milliseconds: number): string {
  return new Date(milliseconds).toLocaleDateString(undefined, { dateStyle: 'medium' });
}
