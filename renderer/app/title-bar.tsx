import {
  ActionIcon,
  Menu,
  Menubar,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { Moon, Redo2, Sun, Undo2 } from 'lucide-react';
import { useEffect } from 'react';
import { openExample, openPath } from '../files/file-actions';
import { askForOfferedFiles, menuName, useOfferedFiles } from '../files/offered-files';
import { folderOf, nameOf } from '../files/paths';
import { shell } from '../shell/own-shell';
import { isDirty, useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { provideToggle } from './color-scheme';
import { type CommandId, commandOf } from './commands';
import iconUrl from './icon.svg';
import { shownKeys, useKeys, withKeys } from './keys';
import { MENUS } from './menus';
import { runCommand } from './run-command';
import { onKey } from './shortcuts';
import styles from './title-bar.module.css';

/** Menus, unless the system shows them; the document's name and whether it is saved, undo and redo, dark or light. */
export function TitleBar() {
  return (
    <header className={styles.bar}>
      <img className={styles.mark} src={iconUrl} alt="" />
      {!shell.showMenus && <Menus />}
      <DocumentName />
      <UndoButtons />
      <SchemeButton />
    </header>
  );
}

function Menus() {
  useKeys();
  return (
    <Menubar
      className={styles.menus}
      aria-label={t('app.menu')}
      onKeyDownCapture={(event) => {
        // After a menu was used the focus is on its name, which would take Ctrl+Enter for Enter.
        if (!event.ctrlKey && !event.metaKey && !event.altKey) return;
        onKey(event.nativeEvent);
        event.stopPropagation();
      }}
    >
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
  );
}

function CommandItem({ id }: { readonly id: CommandId }) {
  const command = commandOf(id);
  const isOff = command.enabled ? !command.enabled() : false;
  return (
    <Menu.Item
      disabled={isOff}
      title={isOff ? command.why?.() : undefined}
      rightSection={<span className={styles.keys}>{shownKeys(id)}</span>}
      onClick={() => runCommand(id)}
    >
      {command.label}
    </Menu.Item>
  );
}

/** Asked for whenever the menu opens. */
function RecentMenu() {
  const paths = useOfferedFiles((state) => state.recent);
  useEffect(() => void askForOfferedFiles(), []);
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item disabled={paths.length === 0}>{t('app.openRecent')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {paths.map((path) => (
          <Menu.Item
            key={path}
            title={path}
            rightSection={<span className={styles.keys}>{nameOf(folderOf(path))}</span>}
            onClick={() => void openPath(path)}
          >
            {menuName(path)}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function ExamplesMenu() {
  const paths = useOfferedFiles((state) => state.examples);
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item>{t('app.examples')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {paths.map((path) => (
          <Menu.Item key={path} onClick={() => void openExample(path)}>
            {menuName(path)}
          </Menu.Item>
        ))}
        {paths.length === 0 && <Menu.Item disabled>{t('app.noExamples')}</Menu.Item>}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function DocumentName() {
  const name = useDocument((state) => state.history.present.name);
  const file = useDocument((state) => state.file);
  const dirty = useDocument(isDirty);
  useEffect(() => {
    document.title = `${dirty ? '• ' : ''}${titleOf(name, file?.path)} – Hourglass`;
  }, [name, file, dirty]);
  return (
    <div className={styles.document}>
      <span className={styles.name} title={name}>
        {name}
      </span>
      {dirty && (
        <span className={styles.dirty} role="img" aria-label={t('app.unsaved')} title={t('app.unsaved')} />
      )}
      <span className={styles.where} title={file?.path}>
        {file ? nameOf(file.path) : t('app.notSaved')}
      </span>
    </div>
  );
}

/** The drawing's name and its file's, or only the latter where they are alike. */
function titleOf(name: string, path: string | undefined): string {
  if (path === undefined) return name;
  return menuName(path) === name ? nameOf(path) : `${name} (${nameOf(path)})`;
}

function UndoButtons() {
  useKeys();
  const canUndo = useDocument((state) => state.history.past.length > 0);
  const canRedo = useDocument((state) => state.history.future.length > 0);
  return (
    <>
      <Tooltip label={withKeys(t('commands.edit.undo'), 'edit.undo')}>
        <ActionIcon
          aria-label={t('commands.edit.undo')}
          disabled={!canUndo}
          onClick={() => runCommand('edit.undo')}
        >
          <Undo2 size={15} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={withKeys(t('commands.edit.redo'), 'edit.redo')}>
        <ActionIcon
          aria-label={t('commands.edit.redo')}
          disabled={!canRedo}
          onClick={() => runCommand('edit.redo')}
        >
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
    <Tooltip label={t(dark ? 'app.lightColours' : 'app.darkColours')}>
      <ActionIcon
        aria-label={t(dark ? 'app.useLight' : 'app.useDark')}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <Sun size={15} /> : <Moon size={15} />}
      </ActionIcon>
    </Tooltip>
  );
}
