import { Fragment } from 'react';
import { termName } from '../../shared/losses/term-names';
import panel from '../app/panel.module.css';
import { TermLabel } from '../glossary/term-mark';
import { t } from '../strings/strings';
import { formatDuration, formatError, formatLearningRate, formatRate } from './format';
import styles from './run-panel.module.css';
import { isOver, type RunView } from './run-record';
import { useTargetLine } from './target-line';

/** What a run has come to so far. */
export function RunFigures({ view }: { readonly view: RunView | null }) {
  const summary = view?.summary;
  const steps = summary ? summary.epochs * summary.stepsPerEpoch : null;
  const validation = view?.final?.validation ?? view?.epochs.at(-1)?.validation ?? null;
  const over = view !== null && isOver(view.phase);
  const target = useTargetLine();
  const pca = view?.pca ?? (over ? null : target?.line) ?? null;
  const activity = view?.final?.activity ?? view?.epochs.at(-1)?.activity ?? null;
  return (
    <dl className={`${panel.facts} ${styles.figures}`} aria-label={t('run.figures.label')}>
      <dt>
        <TermLabel label={t('run.figures.epoch')} />
      </dt>
      <dd>{summary ? t('run.figures.of', { done: view?.epoch ?? 0, all: summary.epochs }) : '–'}</dd>
      <dt>
        <TermLabel label={t('run.figures.step')} />
      </dt>
      <dd>
        {view && steps
          ? t('run.figures.of', { done: view.step.toLocaleString('en'), all: steps.toLocaleString('en') })
          : '–'}
      </dd>
      <dt>{t('run.figures.rate')}</dt>
      <dd>{view ? formatRate(view.final?.samplesPerSecond ?? view.samplesPerSecond) : '–'}</dd>
      <dt>{over ? t('run.figures.took') : t('run.figures.left')}</dt>
      <dd>{formatDuration(over ? (view.final?.seconds ?? null) : (view?.secondsLeft ?? null))}</dd>
      <dt>
        <TermLabel label={t('run.figures.learningRate')} />
      </dt>
      <dd>{formatLearningRate(view?.learningRate)}</dd>
      <dt>
        <TermLabel label={t('run.figures.trainingLoss')} />
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
            <TermLabel label={t('run.figures.sparse')} />
          </dt>
          <dd
            title={t('run.figures.sparseHelp', {
              layer: activity.layer,
              from: activity.from,
              to: activity.to,
            })}
          >
            {t('run.figures.sparseShare', {
              percent: Math.round(100 * activity.share),
              mean: activity.mean.toPrecision(2),
            })}
          </dd>
        </>
      )}
      {summary && summary.scaling !== 'none' && (
        <>
          <dt>{t('run.figures.scale')}</dt>
          <dd>{summary.scaling === 'standardise' ? t('run.figures.deviations') : t('run.figures.unit')}</dd>
        </>
      )}
      {!view?.final?.validation?.measures && (
        <>
          <dt>
            <TermLabel label={t('run.figures.validationMse')} />
          </dt>
          <dd className={beats(validation?.mse, pca?.validation.mse)}>{formatError(validation?.mse)}</dd>
          <dt>
            <TermLabel label={t('run.figures.pcaMse')} />
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
