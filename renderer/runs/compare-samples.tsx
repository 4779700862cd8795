import { Fragment, useMemo, useState } from 'react';
import { isPicture } from '../../shared/tensors/shape';
import { SampleView } from '../data/sample-view';
import { differenceOf, differenceScale } from '../reconstructions/difference';
import { DifferenceLegend, DifferenceView } from '../reconstructions/difference-view';
import { frameOf } from '../reconstructions/film-frame';
import { FilmScrubber } from '../reconstructions/film-scrubber';
import { useFilm } from '../reconstructions/film-store';
import { DifferenceButton } from '../run/reconstructions';
import { t } from '../strings/strings';
import styles from './compare.module.css';
import type { ComparedRun } from './compare-store';
import { framesTogether, longestFilm } from './compared-films';
import { RunLetter } from './run-letter';
import { type SharedSample, sharedSamples } from './same-samples';

/** The same samples as each run gave them back, at any time: all films are scrubbed together. */
export function CompareSamples({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const shown = useMemo(() => {
    const films = runs.flatMap(({ film, letter, run }) =>
      film ? [{ film, letter, stepsPerEpoch: run.stepsPerEpoch }] : [],
    );
    return {
      films,
      shared: films.length === runs.length ? sharedSamples(films.map(({ film }) => film)) : [],
    };
  }, [runs]);
  const { films, shared } = shown;
  const steps = films[longestFilm(films)]?.film.steps ?? [];
  const [at, setAt] = useState<number | null>(null);
  const index = Math.min(at ?? steps.length - 1, steps.length - 1);
  return (
    <section className={styles.wide} aria-label={t('compare.samples')}>
      <div className={styles.head}>
        <h3 className={styles.title}>{t('compare.samples')}</h3>
        {shared.length > 0 && (
          <>
            <FilmScrubber steps={steps} at={index} onAt={setAt} />
            <DifferenceButton />
          </>
        )}
      </div>
      {shared.length === 0 ? (
        <p className={styles.note}>{t('compare.noSamples')}</p>
      ) : (
        <Rows films={films} shared={shared} index={index} />
      )}
    </section>
  );
}

interface RowsProps {
  readonly films: readonly {
    readonly film: NonNullable<ComparedRun['film']>;
    readonly letter: string;
    readonly stepsPerEpoch: number;
  }[];
  readonly shared: readonly SharedSample[];
  /** The frame of the longest film. */
  readonly index: number;
}

function Rows({ films, shared, index }: RowsProps) {
  const difference = useFilm((state) => state.difference);
  const frames = useMemo(() => {
    const places = framesTogether(films, index);
    return films.map(({ film, letter }, at) => {
      const frame = frameOf(film, places[at] ?? 0);
      return { letter, frame, differences: difference ? differenceOf(frame) : null };
    });
  }, [films, index, difference]);
  const [first] = films;
  if (!first) return null;
  const { originals } = first.film;
  // One scale for all, so that they can be held against each other.
  const scale = Math.max(
    0,
    ...frames.map(({ differences }) => (differences ? differenceScale(differences) : 0)),
  );
  return (
    <>
      {difference && <DifferenceLegend scale={scale} label={t('reconstructions.legend')} />}
      <div className={styles.samples} data-vectors={!isPicture(originals.shape)}>
        <span className={styles.rowHead}>{t('compare.original')}</span>
        {shared.map(([place = 0]) => (
          <SampleView
            key={place}
            pixels={originals.pixels}
            shape={originals.shape}
            index={place}
            label={t('compare.originalOf', { number: place + 1 })}
          />
        ))}
        {frames.map(({ letter, frame, differences }, at) => (
          <Fragment key={letter}>
            <span
              className={styles.rowHead}
              title={t('reconstructions.atStep', { step: frame.step.toLocaleString('en') })}
            >
              <RunLetter letter={letter} /> {t('compare.step', { step: frame.step.toLocaleString('en') })}
            </span>
            {shared.map((places) => (
              <SampleView
                key={places[0]}
                pixels={frame.reconstructions.pixels}
                shape={frame.reconstructions.shape}
                index={places[at] ?? 0}
                label={t('compare.reconstructionOf', { letter, number: (places[0] ?? 0) + 1 })}
              />
            ))}
            {differences && (
              <>
                <span className={styles.rowHead}>{t('compare.off')}</span>
                {shared.map((places) => (
                  <DifferenceView
                    key={places[0]}
                    differences={differences}
                    shape={originals.shape}
                    index={places[at] ?? 0}
                    scale={scale}
                    label={t('compare.differenceOf', { letter, number: (places[0] ?? 0) + 1 })}
                  />
                ))}
              </>
            )}
          </Fragment>
        ))}
      </div>
    </>
  );
}
