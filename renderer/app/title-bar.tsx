import {
  ActionIcon,
  Menu,
  Menubar,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { Moon, Redo2, Sun, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { openExample, openRecent } from '../files/file-actions';
import { folderOf, nameOf } from '../files/paths';
import { isDirty, useDocument } from '../state/document-store';
import { call, useSession } from '../state/session-store';
import { provideToggle } from './color-scheme';
import { type CommandId, commandOf, shownKeys } from './commands';
import iconUrl from './icon.svg';
import styles from './title-bar.module.css';

const MENUS: readonly {
  readonly label: string;
  readonly items: readonly (CommandId | 'line' | 'recent' | 'examples')[];
}[] = [
  {
    label: 'File',
    items: ['file.new', 'file.open', 'recent', 'examples', 'line', 'file.save', 'file.saveAs'],
  },
  {
    label: 'Edit',
    items: [
      'edit.undo',
      'edit.redo',
      'line',
      'edit.delete',
      'edit.selectAll',
      'edit.deselect',
      'line',
      'edit.tidy',
    ],
  },
  {
    label: 'View',
    items: ['view.palette', 'view.inspector', 'view.dock', 'line', 'view.fit', 'view.scheme'],
  },
  { label: 'Run', items: ['run.train', 'run.pause', 'run.stop'] },
];

/** Menus, the document's name and whether it is saved, undo and redo, dark or light. */
export function TitleBar() {
  return (
    <header className={styles.bar}>
      <img className={styles.mark} src={iconUrl} alt="" />
      <Menubar className={styles.menus} aria-label="Menu">
        {MENUS.map(({ label, items }) => (
          <Menubar.Menu key={label} shadow="md" position="bottom-start" offset={2}>
            <Menubar.Target>{label}</Menubar.Target>
            <Menubar.Dropdown>
              {items.map((item, index) => {
                if (item === 'line') return <Menu.Divider key={`line ${items[index - 1]}`} />;
                if (item === 'recent') return <RecentMenu key={item} />;
                if (item === 'examples') return <ExamplesMenu key={item} />;
                return <CommandItem key={item} id={item} />;
              })}
            </Menubar.Dropdown>
          </Menubar.Menu>
        ))}
      </Menubar>
      <DocumentName />
      <UndoButtons />
      <SchemeButton />
    </header>
  );
}

function CommandItem({ id }: { readonly id: CommandId }) {
  const command = commandOf(id);
  return (
    <Menu.Item
      disabled={command.enabled ? !command.enabled() : false}
      rightSection={<span className={styles.keys}>{shownKeys(command)}</span>}
      onClick={() => command.run()}
    >
      {command.label}
    </Menu.Item>
  );
}

/** Asked for whenever the menu opens: other windows open and save files, too. */
function RecentMenu() {
  const [paths, setPaths] = useState<readonly string[]>([]);
  useEffect(() => {
    call('files.recent', {}).then(
      ({ files }) => setPaths(files),
      () => setPaths([]),
    );
  }, []);
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item disabled={paths.length === 0}>Open recent</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {paths.map((path) => (
          <Menu.Item
            key={path}
            title={path}
            rightSection={<span className={styles.keys}>{nameOf(folderOf(path))}</span>}
            onClick={() => void openRecent(path)}
          >
            {nameOf(path).replace(/\.hourglass$/, '')}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function ExamplesMenu() {
  const folder = useSession((state) => state.host?.examples);
  const [paths, setPaths] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!folder) return;
    call('files.list', { path: folder }).then(
      ({ entries }) =>
        setPaths(entries.map(({ path }) => path).filter((path) => path.endsWith('.hourglass'))),
      // Without its folder the menu stays empty; opening a file works all the same.
      () => setPaths([]),
    );
  }, [folder]);
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item>Examples</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {paths.map((path) => (
          <Menu.Item key={path} onClick={() => void openExample(path)}>
            {nameOf(path).replace(/\.hourglass$/, '')}
          </Menu.Item>
        ))}
        {paths.length === 0 && <Menu.Item disabled>No examples found</Menu.Item>}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function DocumentName() {
  const name = useDocument((state) => state.history.present.name);
  const file = useDocument((state) => state.file);
  const dirty = useDocument(isDirty);
  useEffect(() => {
    document.title = `${dirty ? '• ' : ''}${name} – Hourglass`;
  }, [name, dirty]);
  return (
    <div className={styles.document}>
      <span className={styles.name} title={name}>
        {name}
      </span>
      {dirty && (
        <span className={styles.dirty} role="img" aria-label="Unsaved changes" title="Unsaved changes" />
      )}
      <span className={styles.where} title={file?.path}>
        {file ? nameOf(file.path) : 'not saved yet'}
      </span>
    </div>
  );
}

function UndoButtons() {
  const canUndo = useDocument((state) => state.history.past.length > 0);
  const canRedo = useDocument((state) => state.history.future.length > 0);
  return (
    <>
      <Tooltip label="Undo (Ctrl+Z)">
        <ActionIcon aria-label="Undo" disabled={!canUndo} onClick={commandOf('edit.undo').run}>
          <Undo2 size={15} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo (Ctrl+Shift+Z)">
        <ActionIcon aria-label="Redo" disabled={!canRedo} onClick={commandOf('edit.redo').run}>
          <Redo2 size={15} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

function SchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('dark') === 'dark';
  useEffect(() => provideToggle(() => setColorScheme(dark ? 'light' : 'dark')), [dark, setColorScheme]);
  return (
    <Tooltip label={dark ? 'Light colours' : 'Dark colours'}>
      <ActionIcon
        aria-label={dark ? 'Use light colours' : 'Use dark colours'}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <Sun size={15} /> : <Moon size={15} />}
      </ActionIcon>
    </Tooltip>
  );
}
