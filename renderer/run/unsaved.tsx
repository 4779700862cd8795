import styles from './run-panel.module.css';
import type { RunView } from './run-record';

/** Said where the run can't be saved as it goes. */
export function Unsaved({ view }: { readonly view: RunView | null }) {
  if (!view?.unsaved) return null;
  const { message, hint } = view.unsaved;
  return (
    <div className={styles.changed} role="status" title={hint}>
      {message}
    </div>
  );
}
