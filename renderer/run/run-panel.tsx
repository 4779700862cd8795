import { Button, Progress, Switch, Tooltip } from '@mantine/core';
import { Pause, Play, Square } from 'lucide-react';
import { Fragment, useState } from 'react';
import { termName } from '../../shared/losses/term-names';
import { isPicture } from '../../shared/tensors/shape';
import panel from '../app/panel.module.css';
import { SamplePair } from '../data/sample-pair';
import { checkDrawing } from '../problems/check-store';
import { select, useDocument } from '../state/document-store';
import { useDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { formatDuration, formatError, formatLearningRate, formatRate } from './format';
import { LossChart } from './loss-chart';
import { MeasuresTable } from './measures-table';
import { OwnFile } from './own-file';
import { OwnPicture } from './own-picture';
import { startRun, stopRun, togglePause } from './run-actions';
import styles from './run-panel.module.css';
import { isOver, type RunPhase, type RunView } from './run-record';
import { useRun } from './run-store';
import { VariationalView } from './variational-view';

const WORDS: Readonly<Record<RunPhase, string>> = {
  starting: 'Starting …',
  running: 'Training',
  paused: 'Paused',
  completed: 'Completed',
  stopped: 'Stopped',
  failed: 'Failed',
};

const SHOWN_PAIRS = 16;
const PAIR_KEYS = Array.from({ length: SHOWN_PAIRS }, (_, index) => `pair ${index + 1}`);

/** Training at a glance: the controls and figures, the loss chart, and reconstructions under their originals. */
export function RunPanel() {
  const view = useRun((state) => state.view);
  return (
    <div className={styles.panel}>
      <div className={panel.side}>
        <RunButtons view={view} />
        <RunProgress view={view} />
        {view?.failure && <Failure view={view} />}
        <Figures view={view} />
        <MeasuresTable view={view} />
      </div>
      <ChartColumn view={view} />
      <Reconstructions view={view} />
    </div>
  );
}

function RunButtons({ view }: { readonly view: RunView | null }) {
  const over = view === null || isOver(view.phase);
  const paused = view?.phase === 'paused';
  const untrainable = useDrawing().problems.some((problem) => problem.severity === 'error');
  return (
    <div className={styles.buttons}>
      {over ? (
        <>
          <Tooltip
            label={
              untrainable
                ? 'The drawing has problems; press to see the first.'
                : 'Train the drawing (Ctrl+Enter)'
            }
          >
            <Button size="xs" leftSection={<Play size={13} />} onClick={() => void startRun()}>
              Train
            </Button>
          </Tooltip>
          <Tooltip label="See what a run would take, and what it starts from, without training">
            <Button
              size="xs"
              variant="default"
              px={6}
              disabled={untrainable}
              onClick={() => void checkDrawing()}
            >
              Check
            </Button>
          </Tooltip>
        </>
      ) : (
        <>
          <Button
            size="xs"
            variant="default"
            px={6}
            disabled={view.phase === 'starting'}
            leftSection={paused ? <Play size={13} /> : <Pause size={13} />}
            onClick={() => void togglePause()}
          >
            {paused ? 'Resume' : 'Pause'}
          </Button>
          <Button
            size="xs"
            variant="default"
            px={6}
            disabled={view.runId === ''}
            leftSection={<Square size={12} />}
            onClick={() => void stopRun()}
          >
            Stop
          </Button>
        </>
      )}
    </div>
  );
}

function RunProgress({ view }: { readonly view: RunView | null }) {
  const total = view?.summary ? view.summary.epochs * view.summary.stepsPerEpoch : 0;
  const share = view && total > 0 ? Math.min(100, (100 * view.step) / total) : 0;
  return (
    <div>
      <Progress.Root size={5}>
        <Progress.Section
          value={share}
          color={view?.phase === 'failed' ? 'red' : undefined}
          aria-label="Progress of the run"
        />
      </Progress.Root>
      <div role="status" aria-label="Run state" data-phase={view?.phase ?? 'none'}>
        {view ? WORDS[view.phase] : 'No run yet'}
        {view?.final?.keptEpoch && <KeptEpoch epoch={view.final.keptEpoch} />}
      </div>
    </div>
  );
}

/** Said where early stopping went back to an earlier epoch's weights. */
function KeptEpoch({ epoch }: { readonly epoch: number }) {
  return (
    <span title="Later epochs were no better, so the weights are those of this one.">
      {`, with the weights of epoch ${epoch}`}
    </span>
  );
}

function Figures({ view }: { readonly view: RunView | null }) {
  const summary = view?.summary;
  const steps = summary ? summary.epochs * summary.stepsPerEpoch : null;
  const validation = view?.final?.validation ?? view?.epochs.at(-1)?.validation ?? null;
  const pca = view?.pca ?? null;
  const activity = view?.final?.activity ?? view?.epochs.at(-1)?.activity ?? null;
  const over = view !== null && isOver(view.phase);
  return (
    <dl className={`${panel.facts} ${styles.figures}`} aria-label="Figures of the run">
      <dt>Epoch</dt>
      <dd>{summary ? `${view?.epoch ?? 0} of ${summary.epochs}` : '–'}</dd>
      <dt>Step</dt>
      <dd>{view && steps ? `${view.step.toLocaleString('en')} of ${steps.toLocaleString('en')}` : '–'}</dd>
      <dt>Samples/s</dt>
      <dd>{view ? formatRate(view.final?.samplesPerSecond ?? view.samplesPerSecond) : '–'}</dd>
      <dt>{over ? 'Took' : 'Time left'}</dt>
      <dd>{formatDuration(over ? (view.final?.seconds ?? null) : (view?.secondsLeft ?? null))}</dd>
      <dt>Learning rate</dt>
      <dd>{formatLearningRate(view?.learningRate)}</dd>
      <dt>Training loss</dt>
      <dd data-figure="loss">{formatError(view?.loss)}</dd>
      {Object.entries(view?.terms ?? {}).map(([name, value]) => (
        <Fragment key={name}>
          <dt>{t('runs.ofIt', { term: termName(name) })}</dt>
          <dd>{formatError(value)}</dd>
        </Fragment>
      ))}
      {activity && (
        <>
          <dt>Sparse units</dt>
          <dd title={`Units of ${activity.layer} whose mean activity is ${activity.from}–${activity.to}`}>
            {Math.round(100 * activity.share)}%, mean {activity.mean.toPrecision(2)}
          </dd>
        </>
      )}
      {summary && summary.scaling !== 'none' && (
        <>
          <dt>Errors in</dt>
          <dd>{summary.scaling === 'standardise' ? 'standard deviations' : 'the 0–1 scale'}</dd>
        </>
      )}
      {!view?.final?.validation?.measures && (
        <>
          <dt>Validation MSE</dt>
          <dd className={beats(validation?.mse, pca?.validation.mse)}>{formatError(validation?.mse)}</dd>
          <dt>PCA MSE</dt>
          <dd>{formatError(pca?.validation.mse)}</dd>
        </>
      )}
    </dl>
  );
}

function beats(mse: number | undefined, pca: number | undefined): string | undefined {
  return mse !== undefined && pca !== undefined && mse < pca ? styles.beaten : undefined;
}

function Failure({ view }: { readonly view: RunView }) {
  const failure = view.failure;
  if (!failure) return null;
  const nodeId = failure.where?.nodeId;
  return (
    <div className={`${panel.failure} ${styles.failure}`} role="alert">
      <p>{failure.message}</p>
      <p>{failure.hint}</p>
      {nodeId && (
        <Button variant="subtle" mt={4} onClick={() => select([nodeId])}>
          Show the block
        </Button>
      )}
    </div>
  );
}

function ChartColumn({ view }: { readonly view: RunView | null }) {
  const [logarithmic, setLogarithmic] = useState(false);
  const components = view?.pca?.components;
  return (
    <div className={styles.chartColumn}>
      <div className={styles.chartHead}>
        <Key colour="var(--hg-encoder)">{trainingText(view)}</Key>
        <Key colour="var(--hg-decoder)">Validation</Key>
        <Key colour="var(--hg-code)" dashed>
          <span title="The error of PCA with as many components: the line to beat">
            {components ? `PCA (${components})` : 'PCA'}
          </span>
        </Key>
        <Switch
          ml="auto"
          label="Log"
          aria-label="Logarithmic loss axis"
          size="xs"
          checked={logarithmic}
          onChange={(event) => setLogarithmic(event.currentTarget.checked)}
        />
      </div>
      <div className={styles.chart}>
        <LossChart view={view} logarithmic={logarithmic} />
        {(!view || view.loss === null) && (
          <div className={styles.hint}>
            {view?.phase === 'starting' ? 'Preparing the first step …' : 'Press Train to see the loss fall.'}
          </div>
        )}
      </div>
      {view && view.epochs.length > 0 && <EpochTable view={view} />}
    </div>
  );
}

/** The training loss, and where it is a sum what of: `Training (MSE + SSIM)`. */
function trainingText(view: RunView | null): string {
  const terms = Object.keys(view?.terms ?? {}).map(termName);
  return terms.length > 0 ? t('runs.trainingOf', { terms: terms.join(' + ') }) : t('runs.training');
}

function Key({ colour, dashed, children }: { colour: string; dashed?: boolean; children: React.ReactNode }) {
  return (
    <span className={styles.key}>
      <span
        className={styles.swatch}
        style={{ color: colour, borderTopStyle: dashed ? 'dashed' : 'solid' }}
      />
      {children}
    </span>
  );
}

/** The chart's figures for those who can't see it. */
function EpochTable({ view }: { readonly view: RunView }) {
  const terms = Object.keys(view.terms ?? {});
  return (
    <table className={styles.hidden}>
      <caption>Loss of each epoch</caption>
      <thead>
        <tr>
          <th scope="col">Epoch</th>
          <th scope="col">Training loss</th>
          {terms.map((term) => (
            <th key={term} scope="col">
              {t('runs.ofIt', { term: termName(term) })}
            </th>
          ))}
          <th scope="col">Validation loss</th>
          <th scope="col">Validation MSE</th>
        </tr>
      </thead>
      <tbody>
        {view.epochs.map((epoch) => (
          <tr key={epoch.epoch}>
            <th scope="row">{epoch.epoch}</th>
            <td>{formatError(epoch.trainLoss)}</td>
            {terms.map((term) => (
              <td key={term}>{formatError(epoch.terms?.[term])}</td>
            ))}
            <td>{formatError(epoch.validation?.loss)}</td>
            <td>{formatError(epoch.validation?.mse)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reconstructions({ view }: { readonly view: RunView | null }) {
  const shown = view?.reconstructions ?? null;
  const drawn = useDocument((state) => state.history.present.data.shape);
  const vectors = !isPicture(shown?.originals.shape ?? drawn);
  const count = shown ? Math.min(shown.originals.count, shown.reconstructions.count) : 0;
  return (
    <section className={styles.pictures} aria-label="Reconstructions">
      <div className={styles.picturesHead}>
        {vectors ? (
          <span className={styles.keys}>
            <Key colour="var(--hg-encoder)">Validation samples</Key>
            <Key colour="var(--hg-decoder)">Reconstructions</Key>
          </span>
        ) : (
          <span>
            {shown?.seen
              ? 'Validation samples, what the model is given, what it makes of it'
              : 'Validation samples over their reconstructions'}
          </span>
        )}
        <span data-updates={view?.reconstructionUpdates ?? 0}>{shown ? `step ${shown.step}` : ''}</span>
      </div>
      <div className={styles.grid} data-vectors={vectors}>
        {PAIR_KEYS.map((key, index) =>
          shown && index < count ? (
            <Pair key={key} shown={shown} index={index} />
          ) : (
            <div key={key} className={styles.empty} />
          ),
        )}
      </div>
      <VariationalView view={view} />
      {shown && vectors ? (
        <OwnFile completed={view?.phase === 'completed'} />
      ) : (
        <OwnPicture
          runId={view && view.runId !== '' && view.phase !== 'starting' ? view.runId : null}
          shape={shown?.originals.shape ?? null}
        />
      )}
    </section>
  );
}

interface PairProps {
  readonly shown: NonNullable<RunView['reconstructions']>;
  readonly index: number;
}

/** A sample and what the model makes of it: pictures one over the other, vectors in one chart. */
function Pair({ shown, index }: PairProps) {
  const number = index + 1;
  const labels = {
    original: `Original ${number}`,
    given: `Given ${number}`,
    reconstruction: `Reconstruction ${number}`,
    chart: `Sample ${number} and its reconstruction`,
  };
  const pair = <SamplePair samples={shown} index={index} labels={labels} />;
  return isPicture(shown.originals.shape) ? <div className={styles.pair}>{pair}</div> : pair;
}
