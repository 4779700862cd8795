import { ActionIcon, Button, Slider, Tooltip } from '@mantine/core';
import { Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../strings/strings';
import styles from './reconstructions.module.css';

interface FilmScrubberProps {
  /** The steps of the frames; empty while the film is not here. */
  readonly steps: readonly number[];
  /** The frame that is shown; null: the present, where there is one. */
  readonly at: number | null;
  readonly onAt: (index: number) => void;
  /** Back to the present; absent where a film is all there is. */
  readonly onLive?: () => void;
  /** The user reaches for the film. */
  readonly onReach?: () => void;
}

const FRAME_MS = 160;

/** A run's film, scrubbed back and forth by pointer or arrow keys, or played. */
export function FilmScrubber({ steps, at, onAt, onLive, onReach }: FilmScrubberProps) {
  const [playing, setPlaying] = useState(false);
  const last = Math.max(0, steps.length - 1);
  const shown = at ?? last;
  const isAtEnd = shown >= last;
  useEffect(() => {
    if (!playing) return;
    const timer = window.setTimeout(() => {
      if (!isAtEnd) {
        onAt(shown + 1);
        return;
      }
      setPlaying(false);
      onLive?.();
    }, FRAME_MS);
    return () => window.clearTimeout(timer);
  }, [playing, isAtEnd, shown, onAt, onLive]);
  const label = t(playing ? 'reconstructions.pauseFilm' : 'reconstructions.playFilm');
  return (
    <fieldset
      className={styles.scrubber}
      aria-label={t('reconstructions.film')}
      onPointerEnter={onReach}
      onFocus={onReach}
    >
      <Tooltip label={label}>
        <ActionIcon
          aria-label={label}
          disabled={steps.length < 2}
          onClick={() => {
            // Played from its end, it begins anew.
            if (!playing && isAtEnd) onAt(0);
            setPlaying(!playing);
          }}
        >
          {playing ? <Pause size={13} /> : <Play size={13} />}
        </ActionIcon>
      </Tooltip>
      <Slider
        className={styles.slider}
        size={4}
        thumbSize={12}
        min={0}
        max={Math.max(1, last)}
        value={steps.length < 2 ? 1 : shown}
        disabled={steps.length < 2}
        label={null}
        thumbLabel={t('reconstructions.scrub')}
        thumbValueText={t('reconstructions.atStep', { step: (steps[shown] ?? 0).toLocaleString('en') })}
        onChange={(value) => {
          setPlaying(false);
          onAt(value);
        }}
      />
      {onLive && (
        <Button
          variant={at === null ? 'light' : 'default'}
          aria-pressed={at === null}
          onClick={() => {
            setPlaying(false);
            onLive();
          }}
        >
          {t('reconstructions.live')}
        </Button>
      )}
    </fieldset>
  );
}
