import { ActionIcon, Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { GitBranch, GitCompare, Info, Star, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { t } from '../strings/strings';
import { compareRuns, MOST_COMPARED } from './compare-store';
import { InterruptedRuns } from './interrupted-notice';
import { arranged } from './run-columns';
import { RunDetail } from './run-detail';
import { inTree, parentOf } from './run-tree';
import styles from './runs-panel.module.css';
import { deleteRuns, type Listed, useRuns } from './runs-store';
import { RunsTable } from './runs-table';
import { SweepPanel } from './sweep-panel';

/** Every run that was kept: found, named, starred, compared, deleted, and gone back to; and sweeps of code sizes. */
export function RunsPanel() {
  const room = useRuns((state) => state.room);
  if (room === 'runs') return <Runs />;
  return (
    <div className={styles.list} style={{ height: '100%' }}>
      <div className={styles.toolbar}>
        <Rooms />
      </div>
      <SweepPanel />
    </div>
  );
}

/** Which of the two is shown. */
function Rooms() {
  const room = useRuns((state) => state.room);
  return (
    <SegmentedControl
      aria-label={t('runs.rooms.label')}
      value={room}
      data={[
        { value: 'runs', label: t('runs.rooms.runs') },
        { value: 'sweeps', label: t('runs.rooms.sweeps') },
      ]}
      onChange={(value) => useRuns.setState({ room: value === 'sweeps' ? 'sweeps' : 'runs' })}
    />
  );
}

function Runs() {
  const { listed, failure, query, starredOnly, asTree, sort, shown } = useRuns();
  const branches = useMemo(() => {
    const runs = arranged(listed?.runs ?? [], { query, starredOnly, sort });
    return asTree ? inTree(runs) : runs.map((run) => ({ run, depth: 0 }));
  }, [listed, query, starredOnly, asTree, sort]);
  if (failure && !listed) {
    return (
      <div className={styles.empty} role="alert">
        {[failure.message, failure.hint].filter(Boolean).join(' ')}
      </div>
    );
  }
  const run = listed?.runs.find(({ id }) => id === shown) ?? null;
  return (
    <div className={styles.panel} data-alone={run === null}>
      <div className={styles.list}>
        <Toolbar />
        <InterruptedRuns runs={listed?.interrupted ?? []} />
        {branches.length > 0 && <RunsTable branches={branches} />}
        {listed && branches.length === 0 && <Nothing any={listed.runs.length > 0} />}
        <PassedOver />
      </div>
      {run && <RunDetail key={run.id} run={run} />}
    </div>
  );
}

/** Said where there is no run to be shown. */
function Nothing({ any }: { readonly any: boolean }) {
  return any ? (
    <div className={styles.empty}>
      <p>{t('runs.nothingFound')}</p>
      <Button variant="subtle" onClick={() => useRuns.setState({ query: '', starredOnly: false })}>
        {t('runs.showAll')}
      </Button>
    </div>
  ) : (
    <div className={styles.empty}>
      <p>{t('runs.empty')}</p>
      <p>{t('runs.emptyHint')}</p>
    </div>
  );
}

function Toolbar() {
  const { listed, query, starredOnly, asTree, ticked } = useRuns();
  const all = listed?.runs ?? [];
  const chosen = ticked.flatMap((id) => all.find((run) => run.id === id) ?? []);
  return (
    <div className={styles.toolbar}>
      <Rooms />
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
      {all.some((run) => parentOf(run, all)) && (
        <Tooltip label={t('runs.treeHelp')}>
          <ActionIcon
            size={26}
            variant={asTree ? 'light' : 'default'}
            color={asTree ? 'blue' : 'gray'}
            aria-label={t('runs.tree')}
            aria-pressed={asTree}
            onClick={() => useRuns.setState({ asTree: !asTree })}
          >
            <GitBranch size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      {chosen.length > 1 && (
        <Button
          size="xs"
          px={8}
          leftSection={<GitCompare size={12} />}
          disabled={chosen.length > MOST_COMPARED}
          onClick={() => void compareRuns(chosen.map(({ id }) => id))}
        >
          {t('compare.open', { count: chosen.length })}
        </Button>
      )}
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
      <span className={styles.count}>{chosen.length === 0 && t('runs.count', { count: all.length })}</span>
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

function ruleSentence({ newest, checkpoints, bytes }: Listed['rule']): string {
  return t('runs.rule', { newest, checkpoints, gigabytes: Number((bytes / 1024 ** 3).toPrecision(2)) });
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
