import { frozenCount } from '../../shared/blocks/freezing';
import { formatShape } from '../../shared/tensors/shape';
import { useData } from '../data/data-store';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { useDrawing } from '../state/drawing';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { ENGINE_NAMES } from './engine-names';
import { showTab } from './layout-store';
import { MissingEngines } from './missing-engines';
import styles from './status-bar.module.css';

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
      ? t('status.notConnected')
      : engine.silentFor !== undefined && connection === 'open'
        ? t('status.silent', { seconds: engine.silentFor })
        : state === 'up' && used
          ? t('status.engineIs', {
              engine: ENGINE_NAMES[used.name],
              version: used.version,
              count: used.threads,
            }) + (next ? t('status.nextEngine', { engine: ENGINE_NAMES[next.name] }) : '')
          : t(`status.engine.${state}`);
  return (
    <>
      <span role="status" aria-label={t('about.engine')}>
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
      {plan
        ? t('status.parameters', { figure: parameterCount.toLocaleString('en') })
        : t('status.unfinished')}
      {frozen > 0 ? t('status.frozen', { figure: frozen.toLocaleString('en') }) : ''}
      {codeShape ? t('status.code', { shape: formatShape(codeShape) }) : ''}
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
        ? t('status.loadingData')
        : dataset
          ? t('status.data', {
              name: dataset.name,
              shape: formatShape(dataset.shape),
              samples: (dataset.counts.train + dataset.counts.validation).toLocaleString('en'),
            })
          : failed
            ? t('status.dataFailed')
            : t('status.noData')}
    </button>
  );
}
