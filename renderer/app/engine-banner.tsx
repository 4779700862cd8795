import { Button } from '@mantine/core';
import { documentText } from '../../shared/document/document-text';
import { useRuns } from '../runs/runs-store';
import { currentDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { t } from '../strings/strings';
import styles from './engine-banner.module.css';

/** Says that the engine died or does not answer, and what became of it. Stays until it has been read. */
export function EngineBanner() {
  const connection = useSession((state) => state.connection);
  const death = useSession((state) => state.engineDeath);
  const state = useSession((session) => session.engine.state);
  const silentFor = useSession((session) => session.engine.silentFor);
  const hasInterrupted = useRuns((runs) => (runs.listed?.interrupted.length ?? 0) > 0);
  if (connection === 'lost') {
    return (
      <div className={styles.banner} role="alert">
        <span>{t('engine.lost')}</span>
        <Button variant="default" onClick={keepCopy}>
          {t('engine.keepCopy')}
        </Button>
      </div>
    );
  }
  if (silentFor !== undefined) {
    return (
      <div className={styles.banner} role="alert" data-severity="warning">
        <span>
          {t('engine.silentBefore')} <span aria-live="off">{silentFor}</span> {t('engine.silentAfter')}
        </span>
        <Button
          variant="default"
          onClick={() => call('host.restartEngine', {}).catch((error: unknown) => tell(messageOf(error)))}
        >
          {t('engine.restart')}
        </Button>
      </div>
    );
  }
  if (death === null) return null;
  const because = death === '' ? '' : ` (${death})`;
  return (
    <div className={styles.banner} role="alert">
      <span>
        {state === 'up'
          ? t(hasInterrupted ? 'engine.restartedRunKept' : 'engine.restarted', { because })
          : t('engine.restarting', { because })}
      </span>
      <Button variant="default" onClick={() => useSession.setState({ engineDeath: null })}>
        {t('engine.dismiss')}
      </Button>
    </div>
  );
}

/** Whether there is something to say. */
export function useBannerShown(): boolean {
  return useSession(
    ({ connection, engineDeath, engine }) =>
      connection === 'lost' || engineDeath !== null || engine.silentFor !== undefined,
  );
}

/** Hands the drawing to the browser as a download: the host that writes files is not there. */
function keepCopy(): void {
  const drawing = currentDocument();
  const url = URL.createObjectURL(new Blob([documentText(drawing)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${drawing.name}.hourglass`;
  link.click();
  URL.revokeObjectURL(url);
}
