import { Progress } from '@mantine/core';
import { t } from '../strings/strings';
import type { RunView } from './run-record';

/** How far the run is, and what it does. */
export function RunProgress({ view }: { readonly view: RunView | null }) {
  const total = view?.summary ? view.summary.epochs * view.summary.stepsPerEpoch : 0;
  const share = view && total > 0 ? Math.min(100, (100 * view.step) / total) : 0;
  return (
    <div>
      <Progress.Root size={5}>
        <Progress.Section
          value={share}
          color={view?.phase === 'failed' ? 'red' : undefined}
          aria-label={t('run.progress')}
        />
      </Progress.Root>
      <div role="status" aria-label={t('run.state')} data-phase={view?.phase ?? 'none'}>
        {t(view ? `run.phase.${view.phase}` : 'run.phase.none')}
        {view?.final?.keptEpoch && <KeptEpoch epoch={view.final.keptEpoch} />}
      </div>
    </div>
  );
}

/** Said where early stopping went back to an earlier epoch's weights. */
function KeptEpoch({ epoch }: { readonly epoch: number }) {
  return <span title={t('run.keptEpochHelp')}>{t('run.keptEpoch', { epoch })}</span>;
}
