import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { setTraining } from '../../shared/document/edits';
import type { CallResult } from '../../shared/ipc/contract';
import { UnseenTable } from '../app/unseen-table';
import { formatError, formatLearningRate } from '../run/format';
import { edit, useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import styles from './rate-finder.module.css';
import { findLearningRate, forgetRateSearch, useRateSearch } from './rate-search';

type Found = CallResult<'run.findLearningRate'>;

/** Looks for the learning rate to begin with, shows how the loss went, and sets the rate when asked to. */
export function RateFinder() {
  const document = useDocument((state) => state.history.present);
  const { found, refusal, going } = useRateSearch();
  useEffect(() => forgetRateSearch, []);
  const suggestion = found?.suggestion ?? null;
  return (
    <div className={styles.finder}>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => (going ? going.abort() : void findLearningRate())}
      >
        {going ? t('inspector.rate.cancel') : t('inspector.rate.find')}
      </Button>
      {going && <span className={styles.text}>{t('inspector.rate.trying')}</span>}
      {refusal && <p className={styles.text}>{refusal}</p>}
      {found && <RateChart found={found} />}
      {found && suggestion === null && <p className={styles.text}>{t('inspector.rate.none')}</p>}
      {suggestion !== null && (
        <Button
          size="compact-xs"
          disabled={document.training.learningRate === suggestion}
          onClick={() => edit((doc) => setTraining(doc, { learningRate: suggestion }))}
        >
          {t('inspector.rate.use', { rate: suggestion })}
        </Button>
      )}
    </div>
  );
}

/** Rows of the table behind the chart, at most. */
const MOST_ROWS = 24;

/** Every so manieth point, for a search has hundreds. */
function tableOf(points: Found['points']): [string, string][] {
  const pitch = Math.ceil(points.length / MOST_ROWS);
  return points
    .filter((_, at) => at % pitch === 0)
    .map(({ rate, smoothed }) => [formatLearningRate(rate), formatError(smoothed)]);
}

const [WIDTH, HEIGHT] = [220, 80];

/** The smoothed loss over the learning rate, whose axis is logarithmic, and where the suggestion lies. */
function RateChart({ found: { points, suggestion } }: { readonly found: Found }) {
  const losses = points.map(({ smoothed }) => smoothed);
  const least = Math.min(...losses);
  // What shoots up at the end would flatten all the rest.
  const most = Math.min(Math.max(...losses), least + 2 * ((losses[0] ?? least) - least) || 1);
  const x = (rate: number) => ((Math.log10(rate) + 6) / 6) * WIDTH;
  const y = (loss: number) => HEIGHT - 4 - Math.min(1, (loss - least) / (most - least || 1)) * (HEIGHT - 8);
  const line = points
    .map(({ rate, smoothed }) => `${x(rate).toFixed(1)},${y(smoothed).toFixed(1)}`)
    .join(' ');
  const label =
    suggestion === null ? t('inspector.rate.chart') : t('inspector.rate.chartFastest', { rate: suggestion });
  return (
    <>
      <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <polyline className={styles.loss} points={line} />
        {suggestion !== null && (
          <line className={styles.suggestion} x1={x(suggestion)} x2={x(suggestion)} y1={0} y2={HEIGHT} />
        )}
      </svg>
      <UnseenTable
        caption={label}
        columns={[t('inspector.rate.axis'), t('inspector.rate.loss')]}
        rows={tableOf(points)}
      />
      <div className={styles.ends}>
        <span>10⁻⁶</span>
        <span>{t('inspector.rate.axis')}</span>
        <span>1</span>
      </div>
    </>
  );
}
