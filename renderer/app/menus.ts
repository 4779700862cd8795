import type { ShellMenu } from '../../shared/ipc/shell-schemas';
import { t } from '../strings/strings';
import type { CommandId } from './commands';

type MenuItem = CommandId | 'line' | 'recent' | 'examples';

/** The window's menus, whoever shows them: the page itself, or the system for it. */
export const MENUS: readonly {
  readonly name: ShellMenu['name'];
  readonly label: string;
  readonly items: readonly MenuItem[];
}[] = [
  {
    name: 'file',
    label: t('app.menus.file'),
    items: [
      'file.new',
      'file.template',
      'file.newWindow',
      'line',
      'file.open',
      'recent',
      'examples',
      'file.import',
      'line',
      'file.save',
      'file.saveAs',
      'file.saveModel',
      'file.backups',
      'file.export',
      'file.report',
      'file.share',
      'line',
      'file.start',
      'file.settings',
    ],
  },
  {
    name: 'edit',
    label: t('app.menus.edit'),
    items: [
      'edit.undo',
      'edit.redo',
      'line',
      'edit.cut',
      'edit.copy',
      'edit.paste',
      'edit.pasteWired',
      'edit.duplicate',
      'line',
      'edit.addBlock',
      'edit.note',
      'edit.changeBlock',
      'edit.bypass',
      'edit.freeze',
      'edit.rename',
      'edit.inspect',
      'edit.delete',
      'edit.selectAll',
      'edit.deselect',
    ],
  },
  {
    name: 'arrange',
    label: t('app.menus.arrange'),
    items: [
      'edit.tidy',
      'arrange.grid',
      'line',
      'arrange.group',
      'arrange.ungroup',
      'arrange.collapse',
      'line',
      'arrange.left',
      'arrange.centre',
      'arrange.right',
      'line',
      'arrange.top',
      'arrange.middle',
      'arrange.bottom',
      'line',
      'arrange.across',
      'arrange.down',
    ],
  },
  {
    name: 'view',
    label: t('app.menus.view'),
    items: [
      'view.palette',
      'view.inspector',
      'view.dock',
      'line',
      'view.fit',
      'view.zoomToSelection',
      'view.blockLooks',
      'view.scheme',
    ],
  },
  {
    name: 'run',
    label: t('app.menus.run'),
    items: ['run.train', 'run.pause', 'run.stop', 'line', 'run.loadWeights'],
  },
  {
    name: 'help',
    label: t('app.menus.help'),
    items: ['help.palette', 'help.shortcuts', 'help.glossary', 'help.tour', 'line', 'help.about'],
  },
];
