import { frozenCount } from '../../shared/blocks/freezing';
import { formatShape } from '../../shared/tensors/shape';
import { useData } from '../data/data-store';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { useDrawing } from '../state/drawing';
import { useSession } from '../state/session-store';
import { ENGINE_NAMES } from './engine-names';
import { showTab } from './layout-store';
import { MissingEngines } from './missing-engines';
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
  const running = useRun(({ view }) => (view && !isOver(view.phase) ? view.summary?.engine : null)) ?? null;
  // A run keeps the engine it began with, also where a better one has come meanwhile.
  const used = running ?? report?.active;
  const next = report && used && report.active.name !== used.name ? report.active : null;
  const state = connection === 'open' ? engine.state : connection === 'lost' ? 'down' : 'starting';
  const words =
    connection === 'lost'
      ? 'Not connected'
      : engine.silentFor !== undefined && connection === 'open'
        ? `The engine has not answered for ${engine.silentFor} s`
        : state === 'up' && used
          ? `${ENGINE_NAMES[used.name]} ${used.version} · CPU only, ${used.threads} ${used.threads === 1 ? 'thread' : 'threads'}${next ? ` · next run: ${ENGINE_NAMES[next.name]}` : ''}`
          : ENGINE_WORDS[state];
  return (
    <>
      <span role="status" aria-label="Engine">
        <span className={styles.dot} data-state={engine.silentFor === undefined ? state : 'starting'} />
        {words}
      </span>
      <MissingEngines />
    </>
  );
}

function DrawingStatus() {
  const { plan, parameterCount, codeShape } = useDrawing();
  const frozen = plan ? frozenCount(plan.layers) : 0;
  return (
    <span>
      {plan ? `${parameterCount.toLocaleString('en')} parameters` : 'not complete yet'}
      {frozen > 0 ? `, ${frozen.toLocaleString('en')} frozen` : ''}
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
