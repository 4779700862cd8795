import { dirname, join } from 'node:path';
import { KeptRuns } from '../files/kept-runs';
import { RecentFiles } from '../files/recent-files';
import { RecoveryDrafts } from '../files/recovery-drafts';
import type { HostParts } from './host-handlers';

/**
 * What a host keeps for its user from one start to the next, in the app's own data folder.
 * @param onRecent told of each drawing that was opened or saved
 */
export function keptFiles(
  dataFolder: string,
  examplesFolder: string,
  onRecent?: (path: string) => void,
): Pick<HostParts, 'drafts' | 'recent'> & { readonly runs: KeptRuns } {
  return {
    runs: new KeptRuns({ parent: dataFolder }),
    drafts: new RecoveryDrafts({ folder: join(dataFolder, 'drafts') }),
    // An example is opened as a new drawing; it is no file of the user's.
    recent: new RecentFiles(join(dataFolder, 'recent.json'), {
      isOwn: (path) => dirname(path) === examplesFolder,
      onNote: onRecent,
    }),
  };
}
