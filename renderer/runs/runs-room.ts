import { showTab } from '../app/layout-store';
import { tell } from '../state/messages';
import { t } from '../strings/strings';
import { compareRuns, MOST_COMPARED } from './compare-store';
import { useRuns } from './runs-store';

/** Shows the panel of runs: their table, or sweeps of code sizes. */
export function showRuns(room: 'runs' | 'sweeps'): void {
  useRuns.setState({ room });
  showTab('runs');
}

/** Compares the runs that are ticked in their panel; shows that, where there are none yet. */
export function compareTicked(): void {
  showRuns('runs');
  const { listed, ticked } = useRuns.getState();
  const runs = ticked.filter((id) => listed?.runs.some((run) => run.id === id));
  if (runs.length >= 2 && runs.length <= MOST_COMPARED) void compareRuns(runs);
  else tell({ severity: 'info', message: t('compare.tickFirst', { most: MOST_COMPARED }) });
}
