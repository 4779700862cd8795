import type { MenuItemConstructorOptions } from 'electron';
import type { ShellMenu } from '../../shared/ipc/shell-schemas';
import { parseKeystroke } from '../../shared/settings/keystroke';

type PageItem = ShellMenu['items'][number];

interface MenuSurroundings {
  readonly platform: NodeJS.Platform;
  readonly appName: string;
  /** Told the id of the item that was clicked. */
  onClick(id: string): void;
}

/**
 * The system's menu bar out of what the page says is in it, with what belongs to the system: closing and quitting, and
 * on macOS its own menus.
 */
export function menuTemplate(
  menus: readonly ShellMenu[],
  { platform, appName, onClick }: MenuSurroundings,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const item = (given: PageItem): MenuItemConstructorOptions => {
    if (given.kind === 'line') return { type: 'separator' };
    const label = plain(given.label);
    if (given.kind === 'submenu') {
      return { label, enabled: given.items.length > 0, submenu: given.items.map(item) };
    }
    const { id, keys, enabled } = given;
    const accelerator = keys === undefined ? undefined : acceleratorOf(keys, isMac);
    const role = CLIPBOARD_ROLES[id];
    // Only the system may reach the clipboard unasked: its roles make the page's own events, in fields and on the canvas.
    if (role) return { id, label, role, ...(accelerator && { accelerator, registerAccelerator: isMac }) };
    return {
      id,
      label,
      enabled,
      // The page handles the keys itself, by what is typed and where: here they are only shown. macOS has no such
      // thing, but asks the page first, and the menu only where the page made nothing of them.
      ...(accelerator && { accelerator, registerAccelerator: false }),
      click: () => onClick(id),
    };
  };
  const about = menus.find(({ name }) => name === 'help')?.items.find(isAbout);
  const bar = menus.flatMap(({ name, label, items }): MenuItemConstructorOptions[] => {
    // On macOS “About” is in the app's own menu; a menu that held nothing else is left out.
    const own = withoutLastLine(isMac ? items.filter((given) => given !== about) : items).map(item);
    return own.length === 0 ? [] : [{ label: plain(label), submenu: [...own, ...systemItems(name, isMac)] }];
  });
  if (!isMac) return bar;
  return [macAppMenu(appName, about && item(about)), ...bar, { role: 'windowMenu' }];
}

const CLIPBOARD_ROLES: Readonly<Record<string, 'cut' | 'copy' | 'paste'>> = {
  'edit.cut': 'cut',
  'edit.copy': 'copy',
  'edit.paste': 'paste',
};

/** A line that has nothing below it divides nothing. */
function withoutLastLine(items: readonly PageItem[]): readonly PageItem[] {
  return items.at(-1)?.kind === 'line' ? items.slice(0, -1) : items;
}

function isAbout(item: PageItem): boolean {
  return item.kind === 'item' && item.id === 'help.about';
}

function systemItems(name: ShellMenu['name'], isMac: boolean): MenuItemConstructorOptions[] {
  if (name === 'file') {
    const close: MenuItemConstructorOptions = { role: 'close', label: 'Close window' };
    return [{ type: 'separator' }, close, ...(isMac ? [] : [{ role: 'quit' as const, label: 'Quit' }])];
  }
  return [];
}

function macAppMenu(
  appName: string,
  about: MenuItemConstructorOptions | undefined,
): MenuItemConstructorOptions {
  return {
    label: appName,
    submenu: [
      about ?? { role: 'about' },
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}

/**
 * `Mod+Shift+s` in Electron's words; none where it has none for a key, and none on a Mac for keys without a modifier,
 * which there would be taken from what is being typed.
 */
function acceleratorOf(keys: string, isMac: boolean): string | undefined {
  const { mod, alt, shift, key } = parseKeystroke(keys);
  if (isMac && !mod) return undefined;
  const name = KEY_NAMES[key] ?? (/^([!-~]|F\d\d?)$/.test(key) ? key.toUpperCase() : undefined);
  if (name === undefined) return undefined;
  return [
    ...(mod ? ['CommandOrControl'] : []),
    ...(alt ? ['Alt'] : []),
    ...(shift ? ['Shift'] : []),
    name,
  ].join('+');
}

/** What Electron calls keys that have names; it refuses menus with any other. */
const KEY_NAMES: Readonly<Record<string, string>> = {
  '+': 'Plus',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ...Object.fromEntries(
    [
      'Space',
      'Tab',
      'Backspace',
      'Delete',
      'Insert',
      'Enter',
      'Home',
      'End',
      'PageUp',
      'PageDown',
      'Escape',
    ].map((name) => [name, name]),
  ),
};

/** In a label `&` would underline the letter behind it. */
function plain(label: string): string {
  return label.replaceAll('&', '&&');
}

/** Which items can be used, where two menus differ in nothing else; null where they do. */
export function changedStates(
  before: readonly ShellMenu[],
  next: readonly ShellMenu[],
): ReadonlyMap<string, boolean> | null {
  const anyState = (key: string, value: unknown) => (key === 'enabled' ? true : value);
  if (JSON.stringify(before, anyState) !== JSON.stringify(next, anyState)) return null;
  const states = new Map<string, boolean>();
  const items = next.flatMap((menu) => menu.items);
  for (const item of items) if (item.kind === 'item') states.set(item.id, item.enabled);
  return states;
}
