import { Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { GraphDocument } from '../../shared/document/graph-document';
import { lossSum } from '../../shared/losses/loss-sum';
import { termName } from '../../shared/losses/term-names';
import { t } from '../strings/strings';
import { ChartKey } from './chart-key';
import { formatError } from './format';
import { LossChart } from './loss-chart';
import styles from './run-panel.module.css';
import { isOver, type RunView } from './run-record';
import { useRun } from './run-store';
import { type TargetLine, useTargetLine } from './target-line';
import { dashesOf, termCurves } from './term-curves';

/** The loss of every step, with what its lines are. */
export function ChartColumn({ view }: { readonly view: RunView | null }) {
  const [logarithmic, setLogarithmic] = useState(false);
  const [wantsTerms, setWantsTerms] = useState(false);
  const trained = useRun((state) => state.document);
  const terms = useMemo(() => termCurves(view, []).map(({ term }) => term), [view]);
  const withTerms = wantsTerms && terms.length > 0;
  const found = useTargetLine();
  // Of a run that is over its own line counts.
  const target = view && isOver(view.phase) ? null : found;
  const components = (view?.pca ?? target?.line)?.components;
  return (
    <div className={styles.chartColumn}>
      <div className={styles.chartHead}>
        <ChartKey colour="var(--hg-encoder)">{trainingText(view)}</ChartKey>
        <ChartKey colour="var(--hg-decoder)">{t('runs.validation')}</ChartKey>
        <ChartKey colour="var(--hg-code)" dashed>
          <span title={t('run.chart.pcaHelp')}>
            {components ? t('run.chart.pcaOf', { components }) : t('run.chart.pca')}
          </span>
        </ChartKey>
        {withTerms &&
          terms.map((term, index) => (
            <ChartKey key={term} colour="var(--hg-soft)" dashes={dashesOf(index)}>
              {weightedName(term, trained)}
            </ChartKey>
          ))}
        {terms.length > 0 && (
          <Switch
            ml="auto"
            label={t('run.chart.terms')}
            title={t('run.chart.termsHelp')}
            size="xs"
            checked={wantsTerms}
            onChange={(event) => setWantsTerms(event.currentTarget.checked)}
          />
        )}
        <Switch
          ml={terms.length > 0 ? undefined : 'auto'}
          label={t('run.chart.log')}
          aria-label={t('run.chart.logLabel')}
          size="xs"
          checked={logarithmic}
          onChange={(event) => setLogarithmic(event.currentTarget.checked)}
        />
      </div>
      <div className={styles.chart}>
        <LossChart view={view} target={target} logarithmic={logarithmic} withTerms={withTerms} />
        {(!view || view.loss === null) && (
          <div className={styles.hint} data-under-line={target?.line ? true : undefined}>
            {view?.phase === 'starting' ? t('run.chart.preparing') : emptyText(target)}
          </div>
        )}
      </div>
      {view && view.epochs.length > 0 && <EpochTable view={view} />}
    </div>
  );
}

/** What a term is called, with its weight in the sum where that is not 1: `SSIM × 0.2`. */
function weightedName(term: string, drawing: GraphDocument | null): string {
  const weight = drawing && lossSum(drawing.output).find(({ loss }) => loss === term)?.weight;
  if (weight === null || weight === undefined || weight === 1) return termName(term);
  return t('run.chart.term', { term: termName(term), weight });
}

/** What a run is to beat, where that is known before it. */
function emptyText(target: TargetLine | null): string {
  const line = target?.line;
  if (!line) return t('run.chart.empty');
  return t('run.chart.toBeat', { components: line.components, loss: formatError(line.validation.loss) });
}

/** The training loss, and where it is a sum what of: `Training (MSE + SSIM)`. */
function trainingText(view: RunView | null): string {
  const terms = Object.keys(view?.terms ?? {}).map(termName);
  return terms.length > 0 ? t('runs.trainingOf', { terms: terms.join(' + ') }) : t('runs.training');
}

/** The chart's figures for those who can't see it. */
function EpochTable({ view }: { readonly view: RunView }) {
  const terms = Object.keys(view.terms ?? {});
  const validated = Object.keys(view.epochs.at(-1)?.validation?.terms ?? {});
  return (
    <table className={styles.hidden}>
      <caption>{t('run.table.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('run.table.epoch')}</th>
          <th scope="col">{t('run.table.trainingLoss')}</th>
          {terms.map((term) => (
            <th key={term} scope="col">
              {t('runs.ofIt', { term: termName(term) })}
            </th>
          ))}
          <th scope="col">{t('run.table.validationLoss')}</th>
          {validated.map((term) => (
            <th key={term} scope="col">
              {t('run.table.validationTerm', { term: termName(term) })}
            </th>
          ))}
          <th scope="col">{t('run.table.validationMse')}</th>
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
            {validated.map((term) => (
              <td key={term}>{formatError(epoch.validation?.terms?.[term])}</td>
            ))}
            <td>{formatError(epoch.validation?.mse)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
