import { Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CallResult } from '../../shared/ipc/contract';
import { closeDialog, useDialog } from '../app/dialog-store';
import { useDocument } from '../state/document-store';
import { sentenceOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import styles from './backups-dialog.module.css';
import { restoreBackup } from './file-actions';
import { formatBytes } from './file-browser';
import { nameOf } from './paths';

type Listed = CallResult<'backups.list'>;
type Backup = Listed['backups'][number];

/** What files held before they were saved over, to be put back. */
export function BackupsDialog() {
  const open = useDialog((state) => state.open === 'backups');
  return (
    <Modal
      opened={open}
      onClose={closeDialog}
      title={t('backups.title')}
      size={620}
      centered
      transitionProps={{ duration: 0 }}
    >
      {open && <Backups />}
    </Modal>
  );
}

function Backups() {
  const [listed, setListed] = useState<Listed | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const own = useDocument((state) => state.file?.path);
  useEffect(() => {
    call('backups.list', {}).then(setListed, (error: unknown) => setFailure(sentenceOf(error)));
  }, []);
  // Those of the file that is open come first.
  const backups = [...(listed?.backups ?? [])].sort(
    (a, b) => Number(b.path === own) - Number(a.path === own),
  );
  return (
    <>
      {listed && (
        <p className={styles.rule}>
          {t('backups.rule', {
            count: listed.rule.perFile,
            drawings: formatBytes(listed.rule.drawingBytes),
            models: formatBytes(listed.rule.modelBytes),
          })}
        </p>
      )}
      {failure && <p role="alert">{failure}</p>}
      {listed && backups.length === 0 && <p className={styles.none}>{t('backups.none')}</p>}
      {backups.length > 0 && (
        <div className={styles.scroller}>
          <table className={styles.table} aria-label={t('backups.title')}>
            <thead>
              <tr>
                <th scope="col">{t('backups.file')}</th>
                <th scope="col">{t('backups.number')}</th>
                <th scope="col">{t('backups.when')}</th>
                <th scope="col">{t('backups.size')}</th>
                <th scope="col" aria-label={t('backups.restore')} />
              </tr>
            </thead>
            <tbody>
              {backups.map((backup) => (
                <Row key={backup.id} backup={backup} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Row({ backup }: { readonly backup: Backup }) {
  const { path, number, when, bytes, weights } = backup;
  const name = nameOf(path);
  return (
    <tr>
      <td className={styles.name} title={path}>
        {name}
        {weights && <span className={styles.soft}> {t('backups.withWeights')}</span>}
      </td>
      <td className={styles.figure}>{number}</td>
      <td className={styles.figure}>
        {new Date(when).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
      </td>
      <td className={styles.figure}>{formatBytes(bytes)}</td>
      <td>
        <Button
          size="xs"
          variant="default"
          aria-label={t('backups.restoreOf', { number, name })}
          onClick={() => void restoreBackup(backup)}
        >
          {t('backups.restore')}
        </Button>
      </td>
    </tr>
  );
}
