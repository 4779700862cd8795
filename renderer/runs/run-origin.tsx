import type { KeptRun } from '../../shared/ipc/contract';
import { t } from '../strings/strings';
import { nameOfRun } from './run-name';
import { parentOf } from './run-tree';
import styles from './runs-panel.module.css';
import { showRun } from './runs-store';

/** Where a run branched off, in words; empty where it began by itself. */
export function originOf(run: KeptRun, runs: readonly KeptRun[]): string {
  if (!run.parent) return '';
  const parent = parentOf(run, runs);
  return parent
    ? t('runs.branchOf', { name: nameOfRun(parent) })
    : t('runs.branchOfDeleted', { name: run.parent.name });
}

/** The run that another branched off from, to be shown; or that it was deleted. */
export function Origin({ run, runs }: { readonly run: KeptRun; readonly runs: readonly KeptRun[] }) {
  const parent = parentOf(run, runs);
  if (!parent) return <>{t('runs.deletedParent', { name: run.parent?.name ?? '' })}</>;
  return (
    <button type="button" className={styles.link} onClick={() => showRun(parent.id)}>
      {nameOfRun(parent)}
    </button>
  );
}
