import { Button, CloseButton, Tooltip } from '@mantine/core';
import { History } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { InterruptedRun } from '../../shared/ipc/contract';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { discardRun, goOn } from './go-on';
import styles from './interrupted.module.css';
import { putOff, useRuns } from './runs-store';

/** Offers the newest run that was interrupted, in the corner where notices are, until the user has said what becomes of it. */
export function InterruptedNotice() {
  const listed = useRuns((state) => state.listed);
  const later = useRuns((state) => state.later);
  const offered = listed?.interrupted.filter(({ id }) => !later.includes(id)) ?? [];
  const [run] = offered;
  if (!run) return null;
  return (
    <section className={styles.notice} aria-label={t('interrupted.label')}>
      <History className={styles.icon} size={16} aria-hidden />
      <div className={styles.words}>
        <strong>{t('interrupted.title', { name: run.name })}</strong>
        <Where run={run} />
        <InterruptedButtons run={run} />
      </div>
      {offered.length > 1 && (
        <span className={styles.count}>{t('interrupted.count', { count: offered.length - 1 })}</span>
      )}
      <Tooltip label={t('interrupted.laterHelp')}>
        <CloseButton size="xs" aria-label={t('interrupted.later')} onClick={() => putOff(run.id)} />
      </Tooltip>
    </section>
  );
}

/** All runs that were interrupted, above those that are kept. */
export function InterruptedRuns({ runs }: { readonly runs: readonly InterruptedRun[] }) {
  if (runs.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('interrupted.list')}>
      {runs.map((run) => (
        <li key={run.id}>
          <History className={styles.icon} size={14} aria-hidden />
          <div className={styles.words}>
            <strong>{run.name}</strong>
            <Where run={run} />
          </div>
          <InterruptedButtons run={run} />
        </li>
      ))}
    </ul>
  );
}

function Where({ run: { epochs, step, saved } }: { readonly run: InterruptedRun }) {
  const now = useNow();
  const [done, all] = epochs;
  const where =
    done > 0
      ? t('interrupted.afterEpoch', { done, all })
      : t('interrupted.afterStep', { step: step.toLocaleString('en') });
  return <span className={styles.where}>{`${where}, ${agoOf(now - saved)}.`}</span>;
}

function InterruptedButtons({ run }: { readonly run: InterruptedRun }) {
  const { id } = run;
  const isBusy = useRun(({ view }) => view !== null && !isOver(view.phase));
  const isUp = useSession(({ engine }) => engine.state === 'up');
  const isRefused = isBusy || !isUp;
  const reason = isBusy ? t('interrupted.busy') : t('interrupted.noEngine');
  return (
    <div className={styles.buttons}>
      <Tooltip label={isRefused ? reason : t('interrupted.goOnHelp')}>
        <Button
          size="compact-xs"
          data-disabled={isRefused || undefined}
          aria-disabled={isRefused}
          onClick={() => !isRefused && void goOn({ from: 'interrupted', id })}
        >
          {t('interrupted.goOn')}
        </Button>
      </Tooltip>
      <Tooltip label={isRefused ? reason : t('interrupted.keepHelp')}>
        <Button
          size="compact-xs"
          variant="default"
          data-disabled={isRefused || undefined}
          aria-disabled={isRefused}
          onClick={() => !isRefused && void goOn({ from: 'interrupted', id, keepOnly: true })}
        >
          {t('interrupted.keep')}
        </Button>
      </Tooltip>
      <Button size="compact-xs" variant="subtle" color="red" onClick={() => void discardRun(run)}>
        {t('interrupted.discard')}
      </Button>
    </div>
  );
}

/** The present, as minutes pass. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 20_000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}

/** `just now`, `5 minutes ago`, `2 hours ago`, `3 days ago`. */
function agoOf(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return t('interrupted.justNow');
  if (minutes < 60) return t('interrupted.minutesAgo', { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t('interrupted.hoursAgo', { count: hours });
  return t('interrupted.daysAgo', { count: Math.floor(hours / 24) });
}
