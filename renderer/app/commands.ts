import { fitDrawing } from '../canvas/fit-view-command';
import { newFile, openFile, saveFile, saveFileAs } from '../files/file-actions';
import { runState, startRun, stopRun, togglePause } from '../run/run-actions';
import { shell } from '../shell/own-shell';
import { removeSelection, selectAll, tidyUp } from '../state/canvas-edits';
import { redoEdit, select, undoEdit, useDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { showTemplates } from '../templates/template-store';
import { showAbout } from './about-store';
import { toggleColorScheme } from './color-scheme';
import { type Panel, togglePanel } from './layout-store';

/** Something the user can do: one table feeds the menus, the shortcuts and the sheet that lists them. */
export interface Command {
  readonly label: string;
  /** `Mod` is Ctrl, or ⌘ on a Mac. Several keys may do the same; the first is shown. */
  readonly keys?: readonly string[];
  /** Keys that a browser keeps for itself: they do the same where they reach the page, and are shown first there. */
  readonly appKeys?: readonly string[];
  readonly run: () => void;
  /** Asked when the command is about to be shown or run. */
  readonly enabled?: () => boolean;
  /** Whether the keys work while a text field has the focus. */
  readonly whileTyping?: boolean;
  /** Whether the keys mean something else in every field, such as a selection list. */
  readonly canvasOnly?: boolean;
}

function panel(label: string, name: Panel, key: string): Command {
  return { label, keys: [key], run: () => togglePanel(name), whileTyping: true };
}

export const commands = {
  'file.new': {
    label: 'New',
    keys: ['Mod+Alt+n'],
    appKeys: ['Mod+n'],
    run: () => void newFile(),
    whileTyping: true,
  },
  'file.template': { label: 'New from template…', run: showTemplates },
  'file.newWindow': {
    label: 'New window',
    appKeys: ['Mod+Shift+n'],
    run: () => void shell.openWindow().catch((error: unknown) => tell(messageOf(error))),
    whileTyping: true,
  },
  'file.open': { label: 'Open…', keys: ['Mod+o'], run: () => void openFile(), whileTyping: true },
  'file.save': { label: 'Save', keys: ['Mod+s'], run: () => void saveFile(), whileTyping: true },
  'file.saveAs': {
    label: 'Save as…',
    keys: ['Mod+Shift+s'],
    run: () => void saveFileAs(),
    whileTyping: true,
  },
  'edit.undo': {
    label: 'Undo',
    keys: ['Mod+z'],
    run: undoEdit,
    enabled: () => useDocument.getState().history.past.length > 0,
  },
  'edit.redo': {
    label: 'Redo',
    keys: ['Mod+Shift+z', 'Mod+y'],
    run: redoEdit,
    enabled: () => useDocument.getState().history.future.length > 0,
  },
  'edit.delete': {
    label: 'Delete',
    keys: ['Delete', 'Backspace'],
    run: removeSelection,
    canvasOnly: true,
    enabled: () => useDocument.getState().selection.length > 0,
  },
  'edit.selectAll': { label: 'Select all', keys: ['Mod+a'], run: selectAll, canvasOnly: true },
  'edit.deselect': { label: 'Deselect', keys: ['Escape'], run: () => select([]), canvasOnly: true },
  'run.train': {
    label: 'Train',
    keys: ['Mod+Enter'],
    run: () => void startRun(),
    enabled: () => runState() === 'idle',
    whileTyping: true,
  },
  'run.pause': {
    label: 'Pause or resume',
    keys: ['Mod+.'],
    run: () => void togglePause(),
    enabled: () => runState() === 'running' || runState() === 'paused',
    whileTyping: true,
  },
  'run.stop': {
    label: 'Stop',
    keys: ['Mod+Alt+Enter'],
    run: () => void stopRun(),
    enabled: () => runState() !== 'idle',
    whileTyping: true,
  },
  'view.palette': panel('Palette', 'palette', 'Mod+b'),
  'view.inspector': panel('Inspector', 'inspector', 'Mod+i'),
  'view.dock': panel('Lower panel', 'dock', 'Mod+j'),
  'edit.tidy': { label: 'Tidy up', keys: ['Alt+Shift+t'], run: tidyUp },
  'view.fit': { label: 'Fit the drawing', keys: ['Mod+0'], run: fitDrawing },
  'view.scheme': { label: 'Dark or light', run: toggleColorScheme },
  'help.about': { label: 'About Hourglass', run: showAbout },
} satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;

export function commandOf(id: CommandId): Command {
  return commands[id];
}

const isMac = navigator.platform.startsWith('Mac');

/** The keys that run a command in this window; the first is the one to show. */
export function shortcutsOf({ keys = [], appKeys = [] }: Command): readonly string[] {
  return shell.hasAllKeys ? [...appKeys, ...keys] : keys;
}

/** `Ctrl+Shift+S`, `⇧⌘S`. */
export function shownKeys(command: Command): string {
  const [first] = shortcutsOf(command);
  if (!first) return '';
  const words = first.split('+').map((word) => {
    if (word === 'Mod') return isMac ? '⌘' : 'Ctrl';
    if (isMac && word === 'Shift') return '⇧';
    if (isMac && word === 'Alt') return '⌥';
    return word.length === 1 ? word.toUpperCase() : word;
  });
  return words.join(isMac ? '' : '+');
}
