import { ProblemError } from '../../shared/errors/problem';
import type { Backup } from '../../shared/ipc/backup-contract';
import { messageOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { askToChoose } from './file-dialogs';
import { nameOf } from './paths';

/** What can be had of a file that can't be opened: what it held before, or its drawing without its weights. */
type Rescue =
  | { readonly kind: 'backup'; readonly backup: Backup }
  | { readonly kind: 'drawing' }
  | { readonly kind: 'none' };

/** Of a file from a later version of Hourglass nothing is wrong; one that may not be read is no better for a backup. */
const NOT_DAMAGED: ReadonlySet<string> = new Set([
  ...['DOCUMENT_NEWER', 'MODEL_FILE_NEWER', 'FILE_PERMISSION', 'FILE_NAME', 'FILE_NOT_REGULAR'],
]);
const OF_WEIGHTS = /^(MODEL_|ARCHIVE_DAMAGED)/;

/** Says why a file can't be opened, and asks what of it is to be had. @returns null where there is nothing to ask */
export async function askForRescue(path: string, error: unknown): Promise<Rescue | null> {
  const code = error instanceof ProblemError ? error.problems[0].code : '';
  if (code === '' || NOT_DAMAGED.has(code)) return null;
  const backup = await newestBackup(path);
  const hasDrawing = OF_WEIGHTS.test(code);
  if (!backup && !hasDrawing) return null;
  const answer = await askToChoose({
    title: t('files.rescueTitle', { name: nameOf(path) }),
    text: messageOf(error).message,
    choices: [
      { value: 'none', label: t('files.cancel') },
      ...(hasDrawing ? [{ value: 'drawing', label: t('files.rescueDrawing') } as const] : []),
      ...(backup
        ? [
            {
              value: 'backup',
              label: t('files.rescueBackup', { when: new Date(backup.when).toLocaleString() }),
              kind: 'main',
            } as const,
          ]
        : []),
    ],
  });
  if (answer === 'backup' && backup) return { kind: 'backup', backup };
  return { kind: answer === 'drawing' ? 'drawing' : 'none' };
}

async function newestBackup(path: string): Promise<Backup | null> {
  try {
    const { backups } = await call('backups.list', {});
    return backups.find((backup) => backup.path === path) ?? null;
  } catch {
    return null;
  }
}
