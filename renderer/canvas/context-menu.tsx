import { Menu } from '@mantine/core';
import { Check } from 'lucide-react';
import { type Ref, useEffect, useRef } from 'react';
import { commandOf } from '../app/commands';
import { shownKeys } from '../app/keys';
import { runCommand } from '../app/run-command';
import { t } from '../strings/strings';
import styles from './context-menu.module.css';
import { closeContextMenu, type MenuPlace, useContextMenu } from './context-menu-store';
import { menuEntries } from './menu-entries';
import type { MenuEntry } from './menu-entry';

/** The menu of what lies under the pointer, or of what is selected. */
export function ContextMenu() {
  const place = useContextMenu((state) => state.place);
  return place && <OpenMenu key={`${place.at.x} ${place.at.y}`} place={place} />;
}

function OpenMenu({ place }: { readonly place: MenuPlace }) {
  const before = useRef<Element | null>(null);
  useEffect(() => {
    before.current = document.activeElement;
  }, []);
  const close = () => {
    closeContextMenu();
    // At once: what an item opens takes the focus after this.
    if (before.current instanceof HTMLElement || before.current instanceof SVGElement) before.current.focus();
  };
  const { title, entries } = menuEntries(place);
  return (
    <Menu
      opened
      onChange={(opened) => opened || close()}
      position="bottom-start"
      offset={0}
      shadow="md"
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      closeOnItemClick={false}
    >
      <Menu.Target>
        <Anchor left={place.at.x} top={place.at.y} />
      </Menu.Target>
      <Menu.Dropdown
        className={styles.menu}
        aria-label={title ?? t('canvas.canvasMenu')}
        onContextMenu={(event) => event.preventDefault()}
      >
        {title && <Menu.Label className={styles.title}>{title}</Menu.Label>}
        <Entries entries={entries} close={close} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface AnchorProps {
  readonly left: number;
  readonly top: number;
  readonly ref?: Ref<HTMLDivElement>;
}

/** Where the menu opens. It is no button, so it takes none of what the menu would say of one. */
function Anchor({ left, top, ref }: AnchorProps) {
  return <div ref={ref} className={styles.anchor} style={{ left, top }} />;
}

interface EntriesProps {
  readonly entries: readonly MenuEntry[];
  readonly close: () => void;
}

function Entries({ entries, close }: EntriesProps) {
  return entries.map((entry, index) => {
    if (entry.kind === 'line') {
      // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing but their place
      return <Menu.Divider key={`line ${index}`} />;
    }
    if (entry.kind === 'sub') {
      return (
        <Menu.Sub key={entry.label}>
          <Menu.Sub.Target>
            <Menu.Sub.Item>{entry.label}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            <Entries entries={entry.entries} close={close} />
          </Menu.Sub.Dropdown>
        </Menu.Sub>
      );
    }
    if (entry.kind === 'command') {
      const command = commandOf(entry.id);
      return (
        <Menu.Item
          key={entry.id}
          disabled={command.enabled ? !command.enabled() : false}
          rightSection={<span className={styles.keys}>{shownKeys(entry.id)}</span>}
          onClick={() => {
            close();
            runCommand(entry.id);
          }}
        >
          {entry.label ?? command.label}
        </Menu.Item>
      );
    }
    return (
      <Menu.Item
        key={entry.label}
        disabled={entry.refusal !== undefined}
        rightSection={entry.checked ? <Check size={12} aria-label={t('canvas.chosen')} /> : undefined}
        onClick={() => {
          close();
          entry.run();
        }}
      >
        {entry.label}
        {entry.refusal && <span className={styles.reason}>{entry.refusal}</span>}
      </Menu.Item>
    );
  });
}
