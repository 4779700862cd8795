import { Popover } from '@mantine/core';
import { formatShape } from '../../shared/tensors/shape';
import { useData } from '../data/data-store';
import { useDrawing } from '../state/drawing';
import { useSession } from '../state/session-store';
import { ENGINE_NAMES } from './engine-names';
import { showTab } from './layout-store';
import styles from './status-bar.module.css';

const ENGINE_WORDS = {
  up: 'The engine is ready',
  down: 'The engine stopped',
  starting: 'The engine is starting …',
} as const;

/** Which engine trains, what the drawing amounts to, and which data are loaded. */
export function StatusBar() {
  return (
    <footer className={styles.bar}>
      <EngineStatus />
      <span className={styles.spacer} />
      <DrawingStatus />
      <DataStatus />
    </footer>
  );
}

function EngineStatus() {
  const connection = useSession((state) => state.connection);
  const engine = useSession((state) => state.engine);
  const report = useSession((state) => state.report);
  const state = connection === 'open' ? engine.state : connection === 'lost' ? 'down' : 'starting';
  const words =
    connection === 'lost'
      ? 'Not connected'
      : state === 'up' && report
        ? `${ENGINE_NAMES[report.active.name]} ${report.active.version} · CPU only, ${report.active.threads} ${report.active.threads === 1 ? 'thread' : 'threads'}`
        : ENGINE_WORDS[state];
  return (
    <>
      <span role="status" aria-label="Engine">
        <span className={styles.dot} data-state={state} />
        {words}
      </span>
      {report?.missing.map((missing) => (
        <Popover key={missing.name} position="top-start" shadow="md" width={380} withArrow>
          <Popover.Target>
            <button type="button" className={styles.plain}>
              {ENGINE_NAMES[missing.name]} is not installed: how to get it
            </button>
          </Popover.Target>
          <Popover.Dropdown className={styles.missing}>
            <p>{missing.reason}</p>
            <p>{missing.cure}</p>
          </Popover.Dropdown>
        </Popover>
      ))}
    </>
  );
}

function DrawingStatus() {
  const { plan, parameterCount, codeShape } = useDrawing();
  return (
    <span>
      {plan ? `${parameterCount.toLocaleString('en')} parameters` : 'not complete yet'}
      {codeShape ? ` · code ${formatShape(codeShape)}` : ''}
    </span>
  );
}

function DataStatus() {
  const dataset = useData((state) => state.dataset);
  const loading = useData((state) => state.loading !== null);
  const failed = useData((state) => state.failure !== null);
  return (
    <button type="button" className={styles.plain} onClick={() => showTab('data')}>
      {loading
        ? 'Loading the data …'
        : dataset
          ? `${dataset.name} · ${formatShape(dataset.shape)} · ${(dataset.counts.train + dataset.counts.validation).toLocaleString('en')} samples`
          : failed
            ? 'The data could not be loaded'
            : 'No data loaded'}
    </button>
  );
}
