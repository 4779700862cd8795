import { blocks } from '../../shared/blocks/catalogue';
import { canAdd } from '../../shared/document/edits';
import { zoomToSelection } from '../canvas/fit-view-command';
import { openExample, openPath } from '../files/file-actions';
import { menuName, useOfferedFiles } from '../files/offered-files';
import { folderOf } from '../files/paths';
import { hideStart } from '../start/start-store';
import { appendBlock } from '../state/canvas-edits';
import { currentDocument, select } from '../state/document-store';
import { canvasDrawing } from '../state/drawing';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { templates } from '../templates/catalogue';
import { commandOf } from './commands';
import { COMMAND_IDS, shownKeys } from './keys';
import { MENUS } from './menus';
import { runCommand } from './run-command';

/** Something the command palette offers. */
export interface PaletteEntry {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** What else it is found by, and shown with. */
  readonly about: string;
  readonly keys: string;
  /** Why it can't be done now; null where it can. */
  readonly refusal: string | null;
  readonly run: () => void;
}

/**
 * All that can be done now, and what can't, said why: commands, blocks to add, drawings to open. Once something is typed, the
 * blocks of the drawing, too.
 */
export function paletteEntries(typed: string): readonly PaletteEntry[] {
  return [
    ...commandEntries(),
    ...blockEntries(),
    ...recentEntries(),
    ...templateEntries(),
    ...exampleEntries(),
    ...(typed.trim() === '' ? [] : nodeEntries()),
  ];
}

function commandEntries(): readonly PaletteEntry[] {
  return COMMAND_IDS.filter((id) => id !== 'help.palette').map((id) => {
    const { label, enabled, why } = commandOf(id);
    const menu = MENUS.find(({ items }) => items.includes(id))?.label ?? '';
    return {
      id: `command ${id}`,
      group: t('palette.commands'),
      label,
      about: menu,
      keys: shownKeys(id),
      refusal: (enabled?.() ?? true) ? null : (why?.() ?? t('palette.notNow')),
      run: () => runCommand(id),
    };
  });
}

function blockEntries(): readonly PaletteEntry[] {
  const document = currentDocument();
  return blocks
    .filter(({ role }) => role === 'layer' || role === 'code')
    .map(({ type, label, description }) => ({
      id: `block ${type}`,
      group: t('palette.blocks'),
      label: t('palette.add', { block: label }),
      about: description,
      keys: '',
      refusal: canAdd(document, type)?.message ?? null,
      run: () => appendBlock(type, 'encoder'),
    }));
}

function recentEntries(): readonly PaletteEntry[] {
  return useOfferedFiles.getState().recent.map((path) => ({
    id: `recent ${path}`,
    group: t('palette.recent'),
    label: menuName(path),
    about: folderOf(path),
    keys: '',
    refusal: null,
    run: () => void openPath(path),
  }));
}

function templateEntries(): readonly PaletteEntry[] {
  const folder = useSession.getState().host?.examples;
  return templates.map(({ file, name, sentence }) => ({
    id: `template ${file}`,
    group: t('palette.templates'),
    label: name,
    about: sentence,
    keys: '',
    refusal: folder === undefined ? t('palette.notNow') : null,
    run: () => void openExample(`${folder}/${file}.hourglass`),
  }));
}

/** The nodes of the drawing, to be gone to. */
function nodeEntries(): readonly PaletteEntry[] {
  const nodes = canvasDrawing(currentDocument()).nodes.filter(({ kind }) => kind !== 'placed');
  return nodes.map(({ id, label, kindLabel, description }) => ({
    id: `node ${id}`,
    group: t('palette.inDrawing'),
    label: t('canvas.goTo', { node: label === kindLabel || label === id ? id : `${label} ${id}` }),
    about: [kindLabel, description].filter((words) => words !== '').join(' '),
    keys: '',
    refusal: null,
    run: () => {
      hideStart();
      select([id]);
      zoomToSelection();
    },
  }));
}

/** Those that the gallery does not show. */
function exampleEntries(): readonly PaletteEntry[] {
  const shown = new Set(templates.map(({ file }) => file));
  return useOfferedFiles
    .getState()
    .examples.filter((path) => !shown.has(menuName(path)))
    .map((path) => ({
      id: `example ${path}`,
      group: t('palette.examples'),
      label: menuName(path),
      about: '',
      keys: '',
      refusal: null,
      run: () => void openExample(path),
    }));
}
