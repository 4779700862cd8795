import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type { ShellMenu } from '../../shared/ipc/shell-schemas';
import { changedStates, menuTemplate } from './window-menu';

const menus: ShellMenu[] = [
  {
    name: 'file',
    label: 'File',
    items: [
      { kind: 'item', id: 'file.save', label: 'Save', keys: 'Mod+s', enabled: true },
      {
        kind: 'submenu',
        label: 'Open recent',
        items: [{ kind: 'item', id: 'recent:/a&b.hourglass', label: 'a&b – home', enabled: true }],
      },
      { kind: 'submenu', label: 'Examples', items: [] },
    ],
  },
  {
    name: 'edit',
    label: 'Edit',
    items: [
      { kind: 'item', id: 'edit.redo', label: 'Redo', keys: 'Mod+Shift+z', enabled: false },
      { kind: 'line' },
      { kind: 'item', id: 'edit.delete', label: 'Delete', keys: 'Delete', enabled: true },
      { kind: 'item', id: 'edit.cut', label: 'Cut', keys: 'Mod+x', enabled: true },
      { kind: 'item', id: 'edit.copy', label: 'Copy', keys: 'Mod+c', enabled: true },
      { kind: 'item', id: 'edit.paste', label: 'Paste', keys: 'Mod+v', enabled: true },
    ],
  },
  {
    name: 'help',
    label: 'Help',
    items: [{ kind: 'item', id: 'help.about', label: 'About Hourglass', enabled: true }],
  },
];

function templateOn(platform: NodeJS.Platform, onClick: (id: string) => void = () => {}) {
  return menuTemplate(menus, { platform, appName: 'Hourglass', onClick });
}

function itemsOf({ submenu }: MenuItemConstructorOptions = {}): MenuItemConstructorOptions[] {
  return Array.isArray(submenu) ? submenu : [];
}

/** Every item, however deep. */
function all(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...all(itemsOf(item))]);
}

const click = (item?: MenuItemConstructorOptions) =>
  item?.click?.call(item, ...([] as unknown as Parameters<NonNullable<typeof item.click>>));

describe('the menu bar', () => {
  it('has what the page said, in its order, and on other systems than macOS nothing beside but close and quit', () => {
    const bar = templateOn('linux');
    expect(bar.map(({ label }) => label)).toEqual(['File', 'Edit', 'Help']);
    expect(itemsOf(bar[0]).map(({ label, type, role }) => role ?? label ?? type)).toEqual([
      'Save',
      'Open recent',
      'Examples',
      'separator',
      'close',
      'quit',
    ]);
    expect(itemsOf(bar[1]).map(({ label, type, enabled }) => [label ?? type, enabled])).toEqual([
      ['Redo', false],
      ['separator', undefined],
      ['Delete', true],
      // The system does these itself, whether in a field or on the canvas.
      ['Cut', undefined],
      ['Copy', undefined],
      ['Paste', undefined],
    ]);
  });

  it('shows the keys and leaves them to the page, so that nothing is done twice', () => {
    const items = all(templateOn('win32'));
    const keyed = items.filter(({ accelerator }) => accelerator !== undefined);
    expect(keyed.map(({ id, accelerator }) => [id, accelerator])).toEqual([
      ['file.save', 'CommandOrControl+S'],
      ['edit.redo', 'CommandOrControl+Shift+Z'],
      ['edit.delete', 'Delete'],
      ['edit.cut', 'CommandOrControl+X'],
      ['edit.copy', 'CommandOrControl+C'],
      ['edit.paste', 'CommandOrControl+V'],
    ]);
    for (const { registerAccelerator } of keyed) expect(registerAccelerator).toBe(false);
  });

  it.each<[string, string | undefined]>([
    ['Mod+Alt+Shift+k', 'CommandOrControl+Alt+Shift+K'],
    ['Mod++', 'CommandOrControl+Plus'],
    ['Alt+ArrowUp', 'Alt+Up'],
    ['Mod+,', 'CommandOrControl+,'],
    ['F12', 'F12'],
    ['?', '?'],
    // Electron knows no such keys, and refuses a menu with them.
    ['Mod+ö', undefined],
    ['BrowserBack', undefined],
  ])('shows %s as %s', (keys, accelerator) => {
    const item = { kind: 'item' as const, id: 'one', label: 'One', keys, enabled: true };
    const given: ShellMenu[] = [{ name: 'run', label: 'Run', items: [item] }];
    const bar = menuTemplate(given, { platform: 'linux', appName: 'Hourglass', onClick: () => {} });
    expect(itemsOf(bar[0])[0]?.accelerator).toBe(accelerator);
  });

  it('ends no menu with a line, where macOS has its last item elsewhere', () => {
    const item = { kind: 'item' as const, id: 'help.keys', label: 'Keys', enabled: true };
    const about = { kind: 'item' as const, id: 'help.about', label: 'About', enabled: true };
    const given: ShellMenu[] = [{ name: 'help', label: 'Help', items: [item, { kind: 'line' }, about] }];
    const bar = menuTemplate(given, { platform: 'darwin', appName: 'Hourglass', onClick: () => {} });
    expect(itemsOf(bar.find(({ label }) => label === 'Help')).map(({ label }) => label)).toEqual(['Keys']);
  });

  it('tells which item was clicked, in submenus too', () => {
    const clicked: string[] = [];
    const items = all(templateOn('linux', (id) => clicked.push(id)));
    click(items.find(({ id }) => id === 'file.save'));
    click(items.find(({ label }) => label === 'a&&b – home'));
    expect(clicked).toEqual(['file.save', 'recent:/a&b.hourglass']);
  });

  it('leaves a submenu without items, but does not open it', () => {
    const submenus = itemsOf(templateOn('linux')[0]).filter(({ submenu }) => submenu);
    expect(submenus.map(({ label, enabled }) => [label, enabled])).toEqual([
      ['Open recent', true],
      ['Examples', false],
    ]);
  });

  it('has the system’s own menus on macOS, and no keys there that typing needs', () => {
    const bar = templateOn('darwin');
    expect(bar.map(({ label, role }) => role ?? label)).toEqual(['Hourglass', 'File', 'Edit', 'windowMenu']);
    expect(itemsOf(bar[0]).map(({ id, role }) => id ?? role)).toContain('help.about');
    expect(itemsOf(bar[0]).at(-1)).toEqual({ role: 'quit' });
    expect(itemsOf(bar[1]).map(({ role }) => role)).not.toContain('quit');
    expect(itemsOf(bar[2]).flatMap(({ role }) => role ?? [])).toEqual(['cut', 'copy', 'paste']);
    expect(all(bar).find(({ id }) => id === 'edit.delete')?.accelerator).toBeUndefined();
  });
});

describe('what changed', () => {
  it('is the states alone where nothing else did', () => {
    const next = structuredClone(menus);
    const [save] = next[0]?.items ?? [];
    if (save?.kind === 'item') save.enabled = false;
    expect(changedStates(menus, next)?.get('file.save')).toBe(false);
    expect(changedStates(menus, next)?.get('edit.delete')).toBe(true);
  });

  it('is not told where an item came or has another name', () => {
    const next = structuredClone(menus);
    next[0]?.items.push({ kind: 'line' });
    expect(changedStates(menus, next)).toBeNull();
  });
});
