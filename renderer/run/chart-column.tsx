import { Switch } from '@mantine/core';
import { useState } from 'react';
import { termName } from '../../shared/losses/term-names';
import { t } from '../strings/strings';
import { ChartKey } from './chart-key';
import { formatError } from './format';
import { LossChart } from './loss-chart';
import styles from './run-panel.module.css';
import type { RunView } from './run-record';

/** The loss of every step, with what its lines are. */
export function ChartColumn({ view }: { readonly view: RunView | null }) {
  const [logarithmic, setLogarithmic] = useState(false);
  const components = view?.pca?.components;
  return (
    <div className={styles.chartColumn}>
      <div className={styles.chartHead}>
        <ChartKey colour="var(--hg-encoder)">{trainingText(view)}</ChartKey>
        <ChartKey colour="var(--hg-decoder)">Validation</ChartKey>
        <ChartKey colour="var(--hg-code)" dashed>
          <span title="The error of PCA with as many components: the line to beat">
            {components ? `PCA (${components})` : 'PCA'}
          </span>
        </ChartKey>
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
