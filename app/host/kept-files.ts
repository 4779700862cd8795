import { dirname, join } from 'node:path';
import { FileBackups } from '../files/file-backups';
import { KeptRuns, runsParent } from '../files/kept-runs';
import { KeptSettings } from '../files/kept-settings';
import { RecentFiles } from '../files/recent-files';
import { RecoveryDrafts } from '../files/recovery-drafts';
import type { HostParts } from './host-handlers';

/**
 * What a host keeps for its user from one start to the next, in the app's own data folder.
 * @param onRecent told of each drawing that was opened or saved
 */
export async function keptFiles(
  dataFolder: string,
  examplesFolder: string,
  onRecent?: (path: string) => void,
): Promise<Pick<HostParts, 'backups' | 'drafts' | 'recent' | 'settings'> & { readonly runs: KeptRuns }> {
  const settings = await KeptSettings.open(join(dataFolder, 'settings.json'));
  const runs = new KeptRuns({ parent: () => runsParent(dataFolder, settings.settings) });
  // In another folder there are other runs.
  settings.onChange(() => runs.changed());
  return {
    settings,
    runs,
    backups: new FileBackups({ folder: join(dataFolder, 'backups') }),
    drafts: new RecoveryDrafts({ folder: join(dataFolder, 'drafts') }),
    // An example is opened as a new drawing; it is no file of the user's.
    recent: new RecentFiles(join(dataFolder, 'recent.json'), {
      isOwn: (path) => dirname(path) === examplesFolder,
      onNote: onRecent,
    }),
  };
}
