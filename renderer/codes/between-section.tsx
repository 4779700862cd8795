import { useEffect, useMemo, useState } from 'react';
import { SampleView } from '../data/sample-view';
import { type Message, messageOf } from '../state/messages';
import { t } from '../strings/strings';
import { type Cloud, codeAt, labelAt } from './cloud';
import styles from './code-panel.module.css';
import { type Decoded, decodeCodes, useCodes } from './code-store';
import { codesAmong, codesBetween, GRID, STRIP } from './mixtures';
import { useSamplePicture } from './sample-pictures';

type Corners = readonly (number | null)[];
const LETTERS = ['A', 'B', 'C', 'D'] as const;

/** What lies between samples: a strip between two codes, a grid among three or four. */
export function BetweenSection() {
  const cloud = useCodes((state) => state.cloud);
  const [own, setOwn] = useState<Corners | null>(null);
  const corners = useMemo(() => own ?? (cloud ? firstCorners(cloud) : []), [own, cloud]);
  if (!cloud) return null;
  if (cloud.problem !== null) return <p className={styles.note}>{cloud.problem}</p>;
  const isGrid = corners[2] !== null || corners[3] !== null;
  return (
    <div className={isGrid ? styles.among : undefined}>
      <div className={styles.corners}>
        {LETTERS.map((letter, at) => (
          <Corner
            key={letter}
            cloud={cloud}
            letter={letter}
            place={corners[at] ?? null}
            isNeeded={at < 2}
            onChange={(place) =>
              setOwn(LETTERS.map((_, other) => (other === at ? place : (corners[other] ?? null))))
            }
          />
        ))}
      </div>
      <Mixtures cloud={cloud} corners={corners} />
    </div>
  );
}

/** The chosen sample, and the first of another label. */
function firstCorners(cloud: Cloud): Corners {
  const { sample } = useCodes.getState();
  const own = cloud.labels?.[sample];
  const other = cloud.labels?.findIndex((label) => label !== own) ?? -1;
  return [sample, other >= 0 ? other : (sample + 1) % cloud.count, null, null];
}

interface CornerProps {
  readonly cloud: Cloud;
  readonly letter: string;
  readonly place: number | null;
  readonly isNeeded: boolean;
  readonly onChange: (place: number | null) => void;
}

function Corner({ cloud, letter, place, isNeeded, onChange }: CornerProps) {
  const picture = useSamplePicture(cloud.runId, place);
  const sample = useCodes((state) => state.sample);
  const label = place === null ? null : labelAt(cloud, place);
  const setAt = t('codes.between.setAt', { letter });
  return (
    <div className={styles.corner}>
      <div className={styles.cornerPicture}>
        {picture && (
          <SampleView
            pixels={picture.samples.originals.pixels}
            shape={picture.samples.originals.shape}
            index={picture.index}
            label={t('codes.between.picture', { letter })}
          />
        )}
      </div>
      <div className={styles.cornerText}>
        <span title={label ?? undefined}>
          <strong>{letter}</strong> {place === null ? '–' : (label ?? place + 1)}
        </span>
        <button type="button" title={setAt} aria-label={setAt} onClick={() => onChange(sample)}>
          {t('codes.between.set')}
        </button>
        {!isNeeded && place !== null && (
          <button
            type="button"
            aria-label={t('codes.between.clearAt', { letter })}
            onClick={() => onChange(null)}
          >
            {t('codes.between.clear')}
          </button>
        )}
      </div>
    </div>
  );
}

function Mixtures({ cloud, corners }: { readonly cloud: Cloud; readonly corners: Corners }) {
  const [decoded, setDecoded] = useState<{ readonly of: 'strip' | 'grid'; readonly samples: Decoded } | null>(
    null,
  );
  const [failure, setFailure] = useState<Message | null>(null);
  useEffect(() => {
    const [a, b, c, d] = corners.map((place) => (place === null ? null : codeAt(cloud, place)));
    if (!a || !b) return;
    let wanted = true;
    const third = c ?? d ?? null;
    const codes = third ? codesAmong(a, b, third, c ? (d ?? null) : null) : codesBetween(a, b);
    decodeCodes(cloud.runId, codes).then(
      (samples) => {
        if (!wanted) return;
        setDecoded({ of: third ? 'grid' : 'strip', samples });
        setFailure(null);
      },
      (error: unknown) => wanted && setFailure(messageOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [cloud, corners]);
  if (failure) return <p role="alert">{failure.message}</p>;
  if (!decoded) return null;
  const { of, samples } = decoded;
  return (
    <section className={of === 'grid' ? styles.grid : styles.strip} aria-label={t(`codes.between.${of}`)}>
      {Array.from({ length: samples.count }, (_, index) => (
        <SampleView
          // biome-ignore lint/suspicious/noArrayIndexKey: each place is a step of its own
          key={index}
          pixels={samples.pixels}
          shape={samples.shape}
          index={index}
          label={
            of === 'grid'
              ? t('codes.between.cell', { row: Math.floor(index / GRID) + 1, column: (index % GRID) + 1 })
              : t('codes.between.step', { percent: Math.round((100 * index) / (STRIP - 1)) })
          }
        />
      ))}
    </section>
  );
}
