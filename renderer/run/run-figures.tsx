import { Fragment } from 'react';
import { termName } from '../../shared/losses/term-names';
import panel from '../app/panel.module.css';
import { TermLabel } from '../glossary/term-mark';
import { t } from '../strings/strings';
import { formatDuration, formatError, formatLearningRate, formatRate } from './format';
import styles from './run-panel.module.css';
import { isOver, type RunView } from './run-record';

/** What a run has come to so far. */
export function RunFigures({ view }: { readonly view: RunView | null }) {
  const summary = view?.summary;
  const steps = summary ? summary.epochs * summary.stepsPerEpoch : null;
  const validation = view?.final?.validation ?? view?.epochs.at(-1)?.validation ?? null;
  const pca = view?.pca ?? null;
  const activity = view?.final?.activity ?? view?.epochs.at(-1)?.activity ?? null;
  const over = view !== null && isOver(view.phase);
  return (
    <dl className={`${panel.facts} ${styles.figures}`} aria-label="Figures of the run">
      <dt>
        <TermLabel label="Epoch" />
      </dt>
      <dd>{summary ? `${view?.epoch ?? 0} of ${summary.epochs}` : '–'}</dd>
      <dt>
        <TermLabel label="Step" />
      </dt>
      <dd>{view && steps ? `${view.step.toLocaleString('en')} of ${steps.toLocaleString('en')}` : '–'}</dd>
      <dt>Samples/s</dt>
      <dd>{view ? formatRate(view.final?.samplesPerSecond ?? view.samplesPerSecond) : '–'}</dd>
      <dt>{over ? 'Took' : 'Time left'}</dt>
      <dd>{formatDuration(over ? (view.final?.seconds ?? null) : (view?.secondsLeft ?? null))}</dd>
      <dt>
        <TermLabel label="Learning rate" />
      </dt>
      <dd>{formatLearningRate(view?.learningRate)}</dd>
      <dt>
        <TermLabel label="Training loss" />
      </dt>
      <dd data-figure="loss">{formatError(view?.loss)}</dd>
      {Object.entries(view?.terms ?? {}).map(([name, value]) => (
        <Fragment key={name}>
          <dt>{t('runs.ofIt', { term: termName(name) })}</dt>
          <dd>{formatError(value)}</dd>
        </Fragment>
      ))}
      {activity && (
        <>
          <dt>
            <TermLabel label="Sparse units" />
          </dt>
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
          <dt>
            <TermLabel label="Validation MSE" />
          </dt>
          <dd className={beats(validation?.mse, pca?.validation.mse)}>{formatError(validation?.mse)}</dd>
          <dt>
            <TermLabel label="PCA MSE" />
          </dt>
          <dd>{formatError(pca?.validation.mse)}</dd>
        </>
      )}
    </dl>
  );
}

function beats(mse: number | undefined, pca: number | undefined): string | undefined {
  return mse !== undefined && pca !== undefined && mse < pca ? styles.beaten : undefined;
}
