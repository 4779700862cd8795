import { Button } from '@mantine/core';
import { useSession } from '../state/session-store';
import styles from './engine-banner.module.css';

/** Says that the engine died, and what became of it. Stays until it has been read. */
export function EngineBanner() {
  const connection = useSession((state) => state.connection);
  const death = useSession((state) => state.engineDeath);
  const state = useSession((session) => session.engine.state);
  if (connection === 'lost') {
    return (
      <div className={styles.banner} role="alert">
        <span>
          Hourglass itself has ended. The drawing is safe in this window; start Hourglass again and open the
          address it prints; unsaved changes are offered there.
        </span>
        <Button variant="default" onClick={() => window.location.reload()}>
          Reload
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
          ? `The engine stopped${because} and has been restarted. The drawing is unharmed; press Train to begin again.`
          : `The engine stopped${because}; it is being restarted.`}
      </span>
      <Button variant="default" onClick={() => useSession.setState({ engineDeath: null })}>
        Dismiss
      </Button>
    </div>
  );
}
