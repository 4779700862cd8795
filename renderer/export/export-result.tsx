import { Button } from '@mantine/core';
import type { ExportedModel } from '../../shared/ipc/export-schemas';
import { shell } from '../shell/own-shell';
import { messageOf, tell } from '../state/messages';
import { t } from '../strings/strings';
import styles from './export-dialog.module.css';

/** Where an export lies, and how far it is from what the app itself gives out. */
export function ExportResult({ report: { path, bytes, stamp, notes } }: { readonly report: ExportedModel }) {
  const { showInFolder } = shell;
  return (
    <section className={styles.result} aria-label={t('exports.result')}>
      <div className={styles.path}>
        {path} <span className={styles.soft}>{size(bytes)}</span>
      </div>
      <p>
        {stamp
          ? t('exports.stamp', {
              by: stamp.checkedBy,
              samples: stamp.samples,
              difference: short(stamp.largestDifference),
              engine: stamp.comparedWith,
              output: short(stamp.largestOutput),
            })
          : t('exports.noStamp')}
      </p>
      {notes.map((note) => (
        <p key={note} className={styles.soft}>
          {note}
        </p>
      ))}
      {showInFolder && (
        <Button
          size="xs"
          variant="default"
          onClick={() => void showInFolder(path).catch((error: unknown) => tell(messageOf(error)))}
        >
          {t('exports.show')}
        </Button>
      )}
    </section>
  );
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
