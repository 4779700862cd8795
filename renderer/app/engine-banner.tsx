import { Button } from '@mantine/core';
import { documentText } from '../../shared/document/document-text';
import { useRuns } from '../runs/runs-store';
import { currentDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call, useSession } from '../state/session-store';
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
        <span>
          Hourglass can’t be reached; it may have been ended. Keep a copy of the drawing, then start Hourglass
          again and open the address it prints.
        </span>
        <Button variant="default" onClick={keepCopy}>
          Keep a copy
        </Button>
      </div>
    );
  }
  if (silentFor !== undefined) {
    return (
      <div className={styles.banner} role="alert" data-severity="warning">
        <span>
          The engine has not answered for <span aria-live="off">{silentFor}</span> s. One step of a large
          model can take that long. Restarting it ends the run that is going on; the drawing is unharmed.
        </span>
        <Button
          variant="default"
          onClick={() => call('host.restartEngine', {}).catch((error: unknown) => tell(messageOf(error)))}
        >
          Restart the engine
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
          ? `The engine stopped${because} and has been restarted. The drawing is unharmed${hasInterrupted ? ', and the run can go on.' : '; press Train to begin again.'}`
          : `The engine stopped${because}; it is being restarted.`}
      </span>
      <Button variant="default" onClick={() => useSession.setState({ engineDeath: null })}>
        Dismiss
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
