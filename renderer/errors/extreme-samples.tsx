import { useEffect, useMemo, useState } from 'react';
import type { CallResult } from '../../shared/ipc/contract';
import { isPicture } from '../../shared/tensors/shape';
import { SamplePair } from '../data/sample-pair';
import { formatError } from '../run/format';
import { sentenceOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { type ErrorGroup, extremePlaces } from './error-groups';
import styles from './errors-panel.module.css';
import { useErrors } from './errors-store';

interface ExtremeSamplesProps {
  readonly runId: string;
  readonly group: ErrorGroup;
  readonly which: 'worst' | 'best';
}

interface Shown {
  readonly samples: CallResult<'run.evaluatedSamples'>;
  readonly places: readonly number[];
  readonly errors: readonly number[];
}

const COUNT = 16;

/** The samples of a group that come back worst, or best, over what the model makes of them, with their errors. */
export function ExtremeSamples({ runId, group, which }: ExtremeSamplesProps) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const places = useMemo(() => extremePlaces(group.errors, which, COUNT), [group, which]);
  useEffect(() => {
    let wanted = true;
    if (places.length === 0) return;
    call('run.evaluatedSamples', { runId, group: group.name, places }).then(
      (samples) => {
        if (!wanted) return;
        setShown({ samples, places, errors: places.map((place) => group.errors[place] ?? 0) });
        setFailure(null);
      },
      (error: unknown) => wanted && setFailure(sentenceOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [runId, group, places]);
  if (failure) {
    return (
      <p className={styles.note} role="alert">
        {failure}
      </p>
    );
  }
  if (!shown) return <p className={styles.note}>{t('errors.extreme.fetching')}</p>;
  const vectors = !isPicture(shown.samples.originals.shape);
  return (
    <ul
      className={styles.samples}
      data-vectors={vectors}
      aria-label={t(`errors.extreme.${which}`, { group: group.label })}
    >
      {shown.places.map((place, index) => (
        <li key={place}>
          <Sample shown={shown} index={index} />
        </li>
      ))}
    </ul>
  );
}

/** Samples are counted from 1, in the order of their group. */
function Sample({
  shown: { samples, places, errors },
  index,
}: {
  readonly shown: Shown;
  readonly index: number;
}) {
  const error = errors[index] ?? 0;
  const flagged = useErrors((state) => error > state.cutOff);
  const name = t('errors.extreme.sample', { number: (places[index] ?? 0) + 1 });
  const labels = {
    original: t('errors.extreme.original', { name }),
    given: t('errors.extreme.given', { name }),
    reconstruction: t('errors.extreme.reconstruction', { name }),
    chart: t('errors.extreme.chart', { name }),
  };
  return (
    <>
      <SamplePair samples={samples} index={index} labels={labels} />
      <div className={styles.error} data-flagged={flagged} title={t('errors.extreme.error', { name })}>
        {formatError(error)}
      </div>
    </>
  );
}
