import type { Alignment } from '../../shared/document/edits';
import { addAtPointer } from '../canvas/add-block';
import { alignSelection, canArrange, distributeSelection, tidyUp } from '../canvas/arrange';
import {
  bypassSelection,
  canChangeSelection,
  changeSelection,
  freezable,
  freezeSelection,
  selectedNodes,
} from '../canvas/block-actions';
import { openOnSelection } from '../canvas/context-clicks';
import { fitDrawing, zoomToSelection } from '../canvas/fit-view-command';
import {
  canGroupSelection,
  editSelection,
  groupSelection,
  selectedGroup,
  toggleCollapsed,
  ungroupSelection,
} from '../canvas/groups';
import { addNoteAtPointer } from '../canvas/notes';
import { canRenameSelection, renameSelection } from '../canvas/rename-field';
import { toggleGrid } from '../canvas/snapping';
import { copyByMenu, cutByMenu, duplicateSelection, pasteByMenu } from '../clipboard/clipboard-commands';
import { canExport, openExport } from '../export/export-store';
import { reportable, writeReport } from '../export/report';
import { newFile, openFile, saveFile, saveFileAs } from '../files/file-actions';
import { canFocusInspector } from '../inspector/focus-inspector';
import { lookForLearningRate } from '../inspector/rate-search';
import { toggleBlockLooks } from '../layers/looks-store';
import { importForeignModel } from '../models/import-store';
import { hasWeights } from '../models/weights-source';
import { checkDrawing } from '../problems/check-store';
import { isUntrainable } from '../problems/problems';
import { runState, startRun, stopRun, togglePause } from '../run/run-actions';
import { compareWithFile } from '../runs/compare-store';
import { compareTicked, showRuns } from '../runs/runs-room';
import { shell } from '../shell/own-shell';
import { showStart } from '../start/start-store';
import { removeSelection, selectAll } from '../state/canvas-edits';
import { redoEdit, select, undoEdit, useDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { t } from '../strings/strings';
import { startTour } from '../tour/tour-store';
import { toggleColorScheme } from './color-scheme';
import { openPalette } from './command-palette-store';
import { openDialog } from './dialog-store';
import { type DockTab, type Panel, showTab, togglePanel } from './layout-store';

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
  /** What is lacking while it is not enabled. */
  readonly why?: () => string;
  /** Whether the keys work while a text field has the focus. */
  readonly whileTyping?: boolean;
  /** Whether the keys mean something else in every field, such as a selection list. */
  readonly canvasOnly?: boolean;
  /** Asked before the keys are taken: where they mean something else, they are left alone. */
  readonly when?: () => boolean;
  /** Whether the browser makes an event of the keys (`copy`, `cut`, `paste`) that does it: here they are only shown. */
  readonly native?: boolean;
}

function panel(label: string, name: Panel, key: string): Command {
  return { label, keys: [key], run: () => togglePanel(name), whileTyping: true };
}

function tab(name: DockTab, digit: number): Command {
  return {
    label: t('commands.view.tab', { panel: t(`app.tabs.${name}`) }),
    keys: [`Alt+Shift+${digit}`],
    run: () => showTab(name),
    whileTyping: true,
  };
}

function align(label: string, to: Alignment, key: string): Command {
  return {
    label,
    keys: [key],
    run: () => alignSelection(to),
    canvasOnly: true,
    enabled: () => canArrange(2),
  };
}

function distribute(label: string, axis: 'x' | 'y', key: string): Command {
  const run = () => distributeSelection(axis);
  return { label, keys: [key], run, canvasOnly: true, enabled: () => canArrange(3) };
}

export const commands = {
  'file.new': {
    label: t('commands.file.new'),
    keys: ['Mod+Alt+n'],
    appKeys: ['Mod+n'],
    run: () => void newFile(),
    whileTyping: true,
  },
  'file.template': { label: t('commands.file.template'), run: () => openDialog('templates') },
  'file.newWindow': {
    label: t('commands.file.newWindow'),
    appKeys: ['Mod+Shift+n'],
    run: () => void shell.openWindow().catch((error: unknown) => tell(messageOf(error))),
    whileTyping: true,
  },
  'file.open': {
    label: t('commands.file.open'),
    keys: ['Mod+o'],
    run: () => void openFile(),
    whileTyping: true,
  },
  'file.import': { label: t('commands.file.import'), run: () => void importForeignModel() },
  'file.save': {
    label: t('commands.file.save'),
    keys: ['Mod+s'],
    run: () => void saveFile(),
    whileTyping: true,
  },
  'file.saveAs': {
    label: t('commands.file.saveAs'),
    keys: ['Mod+Shift+s'],
    run: () => void saveFileAs(),
    whileTyping: true,
  },
  'file.saveModel': {
    label: t('commands.file.saveModel'),
    run: () => openDialog('save-model'),
    enabled: hasWeights,
  },
  'file.backups': { label: t('commands.file.backups'), run: () => openDialog('backups') },
  'file.export': {
    label: t('commands.file.export'),
    keys: ['Mod+Shift+x'],
    run: () => openExport(),
    enabled: canExport,
    why: () => t('exports.noModel'),
    whileTyping: true,
  },
  'file.report': {
    label: t('commands.file.report'),
    run: () => {
      const model = reportable();
      if (model) void writeReport(model.choice, model.name);
    },
    enabled: () => reportable() !== null,
    why: () => t('exports.report.nothing'),
  },
  'file.compare': { label: t('commands.file.compare'), run: () => void compareWithFile() },
  'file.share': { label: t('commands.file.share'), run: () => openDialog('share') },
  'file.start': { label: t('commands.file.start'), run: showStart },
  'file.settings': {
    label: t('commands.file.settings'),
    keys: ['Mod+,'],
    run: () => openDialog('settings'),
    whileTyping: true,
  },
  'edit.undo': {
    label: t('commands.edit.undo'),
    keys: ['Mod+z'],
    run: undoEdit,
    enabled: () => useDocument.getState().history.past.length > 0,
  },
  'edit.redo': {
    label: t('commands.edit.redo'),
    keys: ['Mod+Shift+z', 'Mod+y'],
    run: redoEdit,
    enabled: () => useDocument.getState().history.future.length > 0,
  },
  'edit.cut': { label: t('commands.edit.cut'), keys: ['Mod+x'], run: cutByMenu, native: true },
  'edit.copy': { label: t('commands.edit.copy'), keys: ['Mod+c'], run: copyByMenu, native: true },
  'edit.paste': {
    label: t('commands.edit.paste'),
    keys: ['Mod+v'],
    run: () => void pasteByMenu(false),
    native: true,
  },
  'edit.pasteWired': {
    label: t('commands.edit.pasteWired'),
    keys: ['Mod+Shift+v'],
    run: () => void pasteByMenu(true),
    native: true,
  },
  'edit.duplicate': {
    label: t('commands.edit.duplicate'),
    keys: ['Mod+d'],
    run: duplicateSelection,
    canvasOnly: true,
    enabled: () => useDocument.getState().selection.length > 0,
  },
  'edit.note': { label: t('commands.edit.note'), keys: ['Shift+n'], run: addNoteAtPointer },
  'edit.rename': {
    label: t('commands.edit.rename'),
    keys: ['F2'],
    run: renameSelection,
    canvasOnly: true,
    enabled: canRenameSelection,
  },
  'edit.inspect': {
    label: t('commands.edit.inspect'),
    keys: ['Enter'],
    run: editSelection,
    canvasOnly: true,
    when: canFocusInspector,
  },
  'edit.addBlock': {
    label: t('commands.edit.addBlock'),
    keys: ['Shift+a'],
    run: addAtPointer,
  },
  'edit.changeBlock': {
    label: t('commands.edit.changeBlock'),
    keys: ['Shift+c'],
    run: changeSelection,
    enabled: canChangeSelection,
    canvasOnly: true,
  },
  'edit.bypass': {
    label: t('commands.edit.bypass'),
    keys: ['m', 'd'],
    run: bypassSelection,
    enabled: () => selectedNodes().length > 0,
    canvasOnly: true,
  },
  'edit.freeze': {
    label: t('commands.edit.freeze'),
    keys: ['Shift+f'],
    run: freezeSelection,
    enabled: () => freezable().length > 0,
    canvasOnly: true,
  },
  'edit.contextMenu': {
    label: t('commands.edit.contextMenu'),
    keys: ['Shift+F10', 'ContextMenu'],
    run: openOnSelection,
    canvasOnly: true,
  },
  'edit.delete': {
    label: t('commands.edit.delete'),
    keys: ['Delete', 'Backspace'],
    run: removeSelection,
    canvasOnly: true,
    enabled: () => useDocument.getState().selection.length > 0,
  },
  'edit.selectAll': {
    label: t('commands.edit.selectAll'),
    keys: ['Mod+a'],
    run: selectAll,
    canvasOnly: true,
  },
  'edit.deselect': {
    label: t('commands.edit.deselect'),
    keys: ['Escape'],
    run: () => select([]),
    canvasOnly: true,
  },
  'run.train': {
    label: t('commands.run.train'),
    keys: ['Mod+Enter'],
    run: () => void startRun(),
    enabled: () => runState() === 'idle',
    whileTyping: true,
  },
  'run.pause': {
    label: t('commands.run.pause'),
    keys: ['Mod+.'],
    run: () => void togglePause(),
    enabled: () => runState() === 'running' || runState() === 'paused',
    whileTyping: true,
  },
  'run.stop': {
    label: t('commands.run.stop'),
    keys: ['Mod+Alt+Enter'],
    run: () => void stopRun(),
    enabled: () => runState() !== 'idle',
    whileTyping: true,
  },
  'run.check': {
    label: t('commands.run.check'),
    keys: ['Mod+Shift+Enter'],
    run: () => void checkDrawing(),
    enabled: () => runState() === 'idle' && !isUntrainable(),
    why: () => t(runState() === 'idle' ? 'sweeps.untrainable' : 'sweeps.busy'),
    whileTyping: true,
  },
  'run.findRate': {
    label: t('commands.run.findRate'),
    run: lookForLearningRate,
    enabled: () => runState() === 'idle' && !isUntrainable(),
    why: () => t(runState() === 'idle' ? 'sweeps.untrainable' : 'sweeps.busy'),
  },
  'run.sweep': { label: t('commands.run.sweep'), run: () => showRuns('sweeps') },
  'run.compare': { label: t('commands.run.compare'), run: compareTicked },
  'run.loadWeights': { label: t('commands.run.loadWeights'), run: () => openDialog('weights') },
  'view.palette': panel(t('commands.view.palette'), 'palette', 'Mod+b'),
  'view.inspector': panel(t('commands.view.inspector'), 'inspector', 'Mod+i'),
  'view.dock': panel(t('commands.view.dock'), 'dock', 'Mod+j'),
  'view.tab.run': tab('run', 1),
  'view.tab.runs': tab('runs', 2),
  'view.tab.errors': tab('errors', 3),
  'view.tab.layers': tab('layers', 4),
  'view.tab.code': tab('code', 5),
  'view.tab.data': tab('data', 6),
  'view.tab.problems': tab('problems', 7),
  'edit.tidy': { label: t('commands.edit.tidy'), keys: ['Alt+Shift+t'], run: tidyUp },
  'arrange.group': {
    label: t('commands.arrange.group'),
    keys: ['Mod+g'],
    run: groupSelection,
    canvasOnly: true,
    enabled: canGroupSelection,
  },
  'arrange.ungroup': {
    label: t('commands.arrange.ungroup'),
    keys: ['Mod+Shift+g'],
    run: ungroupSelection,
    canvasOnly: true,
    enabled: () => selectedGroup() !== undefined,
  },
  'arrange.collapse': {
    label: t('commands.arrange.collapse'),
    keys: ['Alt+c'],
    run: toggleCollapsed,
    canvasOnly: true,
    enabled: () => selectedGroup() !== undefined,
  },
  'arrange.left': align(t('commands.arrange.left'), 'left', 'Alt+a'),
  'arrange.centre': align(t('commands.arrange.centre'), 'centre', 'Alt+h'),
  'arrange.right': align(t('commands.arrange.right'), 'right', 'Alt+d'),
  'arrange.top': align(t('commands.arrange.top'), 'top', 'Alt+w'),
  'arrange.middle': align(t('commands.arrange.middle'), 'middle', 'Alt+v'),
  'arrange.bottom': align(t('commands.arrange.bottom'), 'bottom', 'Alt+s'),
  'arrange.across': distribute(t('commands.arrange.across'), 'x', 'Alt+Shift+h'),
  'arrange.down': distribute(t('commands.arrange.down'), 'y', 'Alt+Shift+v'),
  'arrange.grid': { label: t('commands.arrange.grid'), keys: ['Alt+g'], run: toggleGrid },
  'view.fit': { label: t('commands.view.fit'), keys: ['Mod+0', 'Shift+1'], run: fitDrawing },
  'view.zoomToSelection': {
    label: t('commands.view.zoomToSelection'),
    keys: ['.', 'Shift+2'],
    run: zoomToSelection,
    canvasOnly: true,
  },
  'view.blockLooks': { label: t('commands.view.blockLooks'), keys: ['Alt+Shift+a'], run: toggleBlockLooks },
  'view.scheme': { label: t('commands.view.scheme'), run: toggleColorScheme },
  'help.palette': {
    label: t('commands.help.palette'),
    keys: ['Mod+Shift+p', 'F1'],
    run: openPalette,
    whileTyping: true,
  },
  'help.shortcuts': {
    label: t('commands.help.shortcuts'),
    keys: ['?'],
    run: () => openDialog('shortcuts'),
  },
  'help.glossary': { label: t('commands.help.glossary'), run: () => openDialog('glossary') },
  'help.tour': { label: t('commands.help.tour'), run: startTour },
  'help.about': { label: t('commands.help.about'), run: () => openDialog('about') },
} satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;

export function commandOf(id: CommandId): Command {
  return commands[id];
}
