import { useMemo } from 'react';
import { isPicture } from '../../shared/tensors/shape';
import { SampleView } from '../data/sample-view';
import { frameOf } from '../reconstructions/film-frame';
import { t } from '../strings/strings';
import styles from './compare.module.css';
import type { ComparedRun } from './compare-store';
import { RunLetter } from './run-letter';
import { sharedSamples } from './same-samples';

/** The same samples as each run gives them back at its end. */
export function CompareSamples({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const shown = useMemo(() => {
    const films = runs.flatMap(({ film, letter }) => (film ? [{ film, letter }] : []));
    const shared = films.length === runs.length ? sharedSamples(films.map(({ film }) => film)) : [];
    return { films, shared };
  }, [runs]);
  const { films, shared } = shown;
  const [first] = films;
  return (
    <section className={styles.wide} aria-label={t('compare.samples')}>
      <h3 className={styles.title}>{t('compare.samples')}</h3>
      {!first || shared.length === 0 ? (
        <p className={styles.note}>{t('compare.noSamples')}</p>
      ) : (
        <div className={styles.samples} data-vectors={!isPicture(first.film.originals.shape)}>
          <span className={styles.rowHead}>{t('compare.original')}</span>
          {shared.map(([place = 0]) => (
            <SampleView
              key={place}
              pixels={first.film.originals.pixels}
              shape={first.film.originals.shape}
              index={place}
              label={t('compare.originalOf', { number: place + 1 })}
            />
          ))}
          {films.map(({ film, letter }, at) => {
            const { reconstructions } = frameOf(film, film.steps.length - 1);
            return [
              <span key={letter} className={styles.rowHead}>
                <RunLetter letter={letter} />
              </span>,
              ...shared.map((places) => (
                <SampleView
                  key={`${letter} ${places[0]}`}
                  pixels={reconstructions.pixels}
                  shape={reconstructions.shape}
                  index={places[at] ?? 0}
                  label={t('compare.reconstructionOf', { letter, number: (places[0] ?? 0) + 1 })}
                />
              )),
            ];
          })}
        </div>
      )}
    </section>
  );
}
