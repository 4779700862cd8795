import { ActionIcon, Button, CloseButton, TextInput, Tooltip } from '@mantine/core';
import { Plus, RotateCcw, Search } from 'lucide-react';
import { useState } from 'react';
import { type CommandId, commandOf } from '../app/commands';
import { KeyCaps } from '../app/key-caps';
import { COMMAND_IDS, commandsWith, keysOf, ownKeysOf, useKeys } from '../app/keys';
import { MENUS } from '../app/menus';
import { shownKeystroke } from '../app/pressed-keys';
import { matchRank } from '../app/word-match';
import { t } from '../strings/strings';
import { belongsToFocus, type KeyTable, withKeysOf, withOwnKeys } from './key-changes';
import { KeyRecorder } from './key-recorder';
import styles from './key-settings.module.css';
import { changeSettings, useSettings } from './settings-store';

/** Commands and their keys, to be changed by pressing others. */
export function KeySettings() {
  const changed = useKeys();
  const [typed, setTyped] = useState('');
  const [recording, setRecording] = useState<CommandId | null>(null);
  const groups = MENUS.map(({ label, items }) => ({
    label,
    ids: COMMAND_IDS.filter((id) => items.includes(id)),
  }));
  const inMenus = new Set(groups.flatMap(({ ids }) => ids));
  const all = [...groups, { label: t('shortcuts.other'), ids: COMMAND_IDS.filter((id) => !inMenus.has(id)) }]
    .map(({ label, ids }) => ({
      label,
      ids: ids.filter((id) => matchRank(typed, commandOf(id).label, wordsOf(id, label)) !== null),
    }))
    .filter(({ ids }) => ids.length > 0);
  return (
    <>
      <div className={styles.head}>
        <TextInput
          className={styles.search}
          aria-label={t('shortcuts.search')}
          placeholder={t('shortcuts.search')}
          leftSection={<Search size={13} />}
          leftSectionWidth={26}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={Object.keys(changed).length === 0}
          onClick={() => void changeSettings({ keys: {} })}
        >
          {t('settings.keys.resetAll')}
        </Button>
      </div>
      {all.length === 0 && <p className={styles.none}>{t('shortcuts.nothing', { typed })}</p>}
      {all.map(({ label, ids }) => (
        <section key={label} aria-label={label}>
          <h3 className={styles.title}>{label}</h3>
          {ids.map((id) => (
            <KeyRow
              key={id}
              id={id}
              isChanged={changed[id] !== undefined}
              recording={recording === id}
              onRecord={(on) => setRecording(on ? id : null)}
            />
          ))}
        </section>
      ))}
    </>
  );
}

function wordsOf(id: CommandId, menu: string): string {
  return `${menu} ${keysOf(id)
    .map((keys) => shownKeystroke(keys))
    .join(' ')}`;
}

function ownTable(): KeyTable {
  return Object.fromEntries(COMMAND_IDS.map((id) => [id, ownKeysOf(id)]));
}

function changedTable(): KeyTable {
  return useSettings.getState().settings.keys;
}

function give(id: CommandId, keys: readonly string[]): void {
  void changeSettings({ keys: withKeysOf(ownTable(), changedTable(), id, keys) });
}

interface KeyRowProps {
  readonly id: CommandId;
  readonly isChanged: boolean;
  readonly recording: boolean;
  readonly onRecord: (on: boolean) => void;
}

function KeyRow({ id, isChanged, recording, onRecord }: KeyRowProps) {
  const [refused, setRefused] = useState<string | null>(null);
  /** Pressed, but bound to another command: the user says which is to have them. */
  const [contested, setContested] = useState<string | null>(null);
  const { label } = commandOf(id);
  const keys = keysOf(id);
  const stop = () => {
    onRecord(false);
    setContested(null);
  };
  const take = (pressed: string) => {
    setRefused(null);
    if (belongsToFocus(pressed)) {
      setRefused(t('settings.keys.ofTheFocus', { keys: shownKeystroke(pressed) }));
      return;
    }
    const holders = commandsWith(pressed).filter((other) => other !== id);
    if (holders.length > 0) {
      onRecord(false);
      setContested(pressed);
      return;
    }
    stop();
    if (!keys.includes(pressed)) give(id, [...keys, pressed]);
  };
  return (
    <div className={styles.row} data-changed={isChanged}>
      <span className={styles.label}>{label}</span>
      <span className={styles.keys}>
        {keys.map((each) => (
          <span key={each} className={styles.key}>
            <KeyCaps keys={each} />
            <CloseButton
              size={24}
              iconSize={12}
              aria-label={t('settings.keys.remove', { keys: shownKeystroke(each), command: label })}
              onClick={() =>
                give(
                  id,
                  keys.filter((other) => other !== each),
                )
              }
            />
          </span>
        ))}
        {keys.length === 0 && !recording && <span className={styles.none}>{t('shortcuts.none')}</span>}
        {recording ? (
          <KeyRecorder command={label} onKeys={take} onEnd={() => onRecord(false)} />
        ) : (
          <Tooltip label={t('settings.keys.add')}>
            <ActionIcon
              aria-label={t('settings.keys.addTo', { command: label })}
              onClick={() => {
                setRefused(null);
                setContested(null);
                onRecord(true);
              }}
            >
              <Plus size={13} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={t('settings.usual')}>
          <ActionIcon
            aria-label={t('settings.keys.reset', { command: label })}
            disabled={!isChanged}
            onClick={() => void changeSettings({ keys: withOwnKeys(ownTable(), changedTable(), id) })}
          >
            <RotateCcw size={13} />
          </ActionIcon>
        </Tooltip>
      </span>
      {refused !== null && recording && (
        <div className={styles.below} role="alert">
          {refused}
        </div>
      )}
      {contested !== null && (
        <div className={styles.below} role="alert">
          <span>
            {t('settings.keys.taken', {
              keys: shownKeystroke(contested),
              commands: commandsWith(contested)
                .map((other) => `“${commandOf(other).label}”`)
                .join(', '),
            })}
          </span>
          <Button
            size="xs"
            variant="default"
            data-autofocus
            onClick={() => {
              stop();
              give(id, [...keys, contested]);
            }}
          >
            {t('settings.keys.take', { command: label })}
          </Button>
          <Button size="xs" variant="subtle" onClick={stop}>
            {t('settings.keys.leave')}
          </Button>
        </div>
      )}
    </div>
  );
}
