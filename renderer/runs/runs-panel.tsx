import { Button, TextInput, Tooltip } from '@mantine/core';
import { Info, Star, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { t } from '../strings/strings';
import { arranged } from './run-columns';
import { RunDetail } from './run-detail';
import styles from './runs-panel.module.css';
import { deleteRuns, useRuns } from './runs-store';
import { RunsTable } from './runs-table';

/** Every run that was kept: found, named, starred, compared, deleted, and gone back to. */
export function RunsPanel() {
  const { listed, failure, query, starredOnly, sort, shown } = useRuns();
  const runs = useMemo(
    () => arranged(listed?.runs ?? [], { query, starredOnly, sort }),
    [listed, query, starredOnly, sort],
  );
  if (failure && !listed) {
    return (
      <div className={styles.empty} role="alert">
        {[failure.message, failure.hint].filter(Boolean).join(' ')}
      </div>
    );
  }
  if (!listed || (listed.runs.length === 0 && listed.passedOver.length === 0)) {
    return (
      <div className={styles.empty}>
        <p>{t('runs.empty')}</p>
        <p>{t('runs.emptyHint')}</p>
      </div>
    );
  }
  const run = listed.runs.find(({ id }) => id === shown) ?? null;
  return (
    <div className={styles.panel}>
      <div className={styles.list}>
        <Toolbar />
        {runs.length > 0 ? (
          <RunsTable runs={runs} />
        ) : (
          <div className={styles.empty}>
            <p>{t('runs.nothingFound')}</p>
            <Button variant="subtle" onClick={() => useRuns.setState({ query: '', starredOnly: false })}>
              {t('runs.showAll')}
            </Button>
          </div>
        )}
        <PassedOver />
      </div>
      {run && <RunDetail key={run.id} run={run} />}
    </div>
  );
}

function Toolbar() {
  const { listed, query, starredOnly, ticked } = useRuns();
  const all = listed?.runs ?? [];
  const chosen = ticked.flatMap((id) => all.find((run) => run.id === id) ?? []);
  return (
    <div className={styles.toolbar}>
      <TextInput
        className={styles.filter}
        aria-label={t('runs.filter')}
        placeholder={t('runs.filter')}
        value={query}
        onChange={(event) => useRuns.setState({ query: event.currentTarget.value })}
      />
      <Button
        size="xs"
        variant={starredOnly ? 'light' : 'default'}
        aria-pressed={starredOnly}
        leftSection={<Star size={12} />}
        px={8}
        onClick={() => useRuns.setState({ starredOnly: !starredOnly })}
      >
        {t('runs.starredOnly')}
      </Button>
      {chosen.length > 0 && (
        <Button
          size="xs"
          variant="default"
          px={8}
          leftSection={<Trash2 size={12} />}
          onClick={() => void deleteRuns(chosen)}
        >
          {t('runs.deleteTicked', { count: chosen.length })}
        </Button>
      )}
      <span className={styles.count}>{t('runs.count', { count: all.length })}</span>
      {listed && (
        <Tooltip label={ruleSentence(listed.rule)}>
          <button type="button" className={styles.rule} aria-label={ruleSentence(listed.rule)}>
            <Info size={13} />
          </button>
        </Tooltip>
      )}
    </div>
  );
}

function ruleSentence({ newest, bytes }: { readonly newest: number; readonly bytes: number }): string {
  return t('runs.rule', { newest, gigabytes: Number((bytes / 1024 ** 3).toPrecision(2)) });
}

/** Folders that are no whole runs. */
function PassedOver() {
  const listed = useRuns((state) => state.listed);
  if (!listed || listed.passedOver.length === 0) return null;
  const { passedOver, folder } = listed;
  return (
    <p className={styles.passedOver} role="status">
      {t('runs.passedOver', {
        count: passedOver.length,
        folder,
        reasons: passedOver.map(({ id }) => id).join(', '),
      })}
    </p>
  );
}
