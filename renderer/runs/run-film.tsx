import { useEffect, useState } from 'react';
import type { Film } from '../../shared/ipc/contract';
import { frameOf } from '../reconstructions/film-frame';
import { FilmScrubber } from '../reconstructions/film-scrubber';
import { useFilm } from '../reconstructions/film-store';
import { FrameView } from '../reconstructions/frame-view';
import view from '../reconstructions/reconstructions.module.css';
import { DifferenceButton } from '../run/reconstructions';
import { sentenceOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import styles from './runs-panel.module.css';

/** A kept run's reconstructions, at any of the steps that were kept. */
export function RunFilm({ id }: { readonly id: string }) {
  const [film, setFilm] = useState<Film | null | undefined>(undefined);
  const [failure, setFailure] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const difference = useFilm((state) => state.difference);
  useEffect(() => {
    let wanted = true;
    call('runs.film', { id }).then(
      ({ film: found }) => {
        if (!wanted) return;
        setFilm(found);
        setAt((found?.steps.length ?? 1) - 1);
      },
      (error: unknown) => wanted && setFailure(sentenceOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [id]);
  if (failure) return <p role="alert">{failure}</p>;
  if (film === undefined) return null;
  if (film === null) return <p className={styles.note}>{t('reconstructions.noFilm')}</p>;
  const frame = frameOf(film, at);
  return (
    <section className={styles.film} aria-label={t('reconstructions.film')}>
      <div className={styles.note}>
        {t('reconstructions.atStep', { step: frame.step.toLocaleString('en') })}
      </div>
      <div className={view.tools}>
        <FilmScrubber steps={film.steps} at={at} onAt={setAt} />
        <DifferenceButton />
      </div>
      <FrameView frame={frame} difference={difference} />
    </section>
  );
}
