import type { ShellMenu } from '../../shared/ipc/shell-schemas';
import { openExample, openPath } from '../files/file-actions';
import { askForOfferedFiles, menuName, useOfferedFiles } from '../files/offered-files';
import { folderOf, nameOf } from '../files/paths';
import { useModel } from '../models/opened-model-store';
import { useRun } from '../run/run-store';
import { useRuns } from '../runs/runs-store';
import { useSettings } from '../settings/settings-store';
import { shell } from '../shell/own-shell';
import { useDocument } from '../state/document-store';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { type CommandId, commandOf, commands } from './commands';
import { keysOf } from './keys';
import { MENUS } from './menus';
import { runCommand } from './run-command';

/** Milliseconds in which changes are gathered: a drag changes the document sixty times a second. */
const GATHERED = 80;
const RECENT = 'recent:';
const EXAMPLE = 'example:';

/** Tells the shell what its menus hold and which items can be used, as long as that changes. Returns what ends it. */
export function keepSystemMenus(): () => void {
  const { showMenus } = shell;
  if (!showMenus) return () => {};
  let told = '';
  let timer: number | null = null;
  const tell = () => {
    timer = null;
    if (useSession.getState().connection !== 'open') return;
    const menus = MENUS.map(systemMenu);
    const text = JSON.stringify(menus);
    if (text === told) return;
    told = text;
    showMenus(menus).catch(() => {
      // The connection is lost; everything is told anew over the next one.
      told = '';
    });
  };
  const tellSoon = () => {
    timer ??= window.setTimeout(tell, GATHERED);
  };
  const ends = [
    useRun.subscribe(tellSoon),
    useDocument.subscribe(tellSoon),
    useOfferedFiles.subscribe(tellSoon),
    useModel.subscribe(tellSoon),
    useRuns.subscribe(tellSoon),
    useSettings.subscribe(tellSoon),
    useSession.subscribe((next, before) => {
      if (next.connection !== before.connection) told = '';
      if (next.host !== before.host) void askForOfferedFiles();
    }),
  ];
  return () => {
    for (const end of ends) end();
    if (timer !== null) window.clearTimeout(timer);
  };
}

function systemMenu({ name, label, items }: (typeof MENUS)[number]): ShellMenu {
  const { recent, examples } = useOfferedFiles.getState();
  return {
    name,
    label,
    items: items.map((item): ShellMenu['items'][number] => {
      if (item === 'line') return { kind: 'line' };
      if (item === 'recent') {
        const named = recent.map((path) => ({
          id: RECENT + path,
          label: `${menuName(path)} – ${nameOf(folderOf(path)) || folderOf(path)}`,
        }));
        return submenu(t('app.openRecent'), named);
      }
      if (item === 'examples') {
        return submenu(
          t('app.examples'),
          examples.map((path) => ({ id: EXAMPLE + path, label: menuName(path) })),
        );
      }
      const command = commandOf(item);
      const [keys] = keysOf(item);
      return {
        kind: 'item',
        id: item,
        label: command.label,
        ...(keys === undefined ? {} : { keys }),
        enabled: command.enabled?.() ?? true,
      };
    }),
  };
}

function submenu(label: string, items: readonly { id: string; label: string }[]): ShellMenu['items'][number] {
  return { kind: 'submenu', label, items: items.map((item) => ({ kind: 'item', ...item, enabled: true })) };
}

/** Does what an item of the system's menus says. */
export function runMenuItem(id: string): void {
  if (id.startsWith(RECENT)) void openPath(id.slice(RECENT.length));
  else if (id.startsWith(EXAMPLE)) void openExample(id.slice(EXAMPLE.length));
  else if (isCommand(id)) runFromMenu(id);
}

function isCommand(id: string): id is CommandId {
  return Object.hasOwn(commands, id);
}

/** What a field makes of commands that its own editing has, too. */
const IN_FIELDS: Partial<Record<CommandId, string>> = {
  'edit.undo': 'undo',
  'edit.redo': 'redo',
  'edit.delete': 'delete',
  'edit.selectAll': 'selectAll',
};

function runFromMenu(id: CommandId): void {
  const field = document.activeElement;
  const typing = field instanceof HTMLElement && field.matches('input:not([type="checkbox"]), textarea');
  const editing = IN_FIELDS[id];
  if (typing && editing) {
    // The only way to a field's own history.
    document.execCommand(editing);
    return;
  }
  // A system's menu takes no focus: what is being typed counts as finished, as it would for the page's own menu.
  if (typing) field.blur();
  runCommand(id);
}
