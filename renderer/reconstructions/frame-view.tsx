import { useMemo } from 'react';
import { t } from '../strings/strings';
import { differenceOf, differenceScale } from './difference';
import { DifferenceLegend } from './difference-view';
import type { ReconstructionFrame } from './film-frame';
import { PinButton } from './pin-button';
import styles from './reconstructions.module.css';
import { ShownPairs } from './shown-pairs';

interface FrameViewProps {
  readonly frame: ReconstructionFrame;
  readonly difference: boolean;
  /** Pins a validation sample or takes its pin, by its place; absent where none can be. */
  readonly onPin?: (place: number, on: boolean) => void;
}

/** A run's samples at one step: those pinned, those that came back worst so far, and the fixed ones. */
export function FrameView({ frame, difference, onPin }: FrameViewProps) {
  const { watched } = frame;
  const differences = useMemo(() => {
    if (!difference) return null;
    const values = differenceOf(frame);
    return { values, further: frame.watched && differenceOf(frame.watched), scale: differenceScale(values) };
  }, [frame, difference]);
  const nameOf = (index: number) =>
    watched && index < watched.pinned
      ? t('reconstructions.pinnedName', { number: index + 1 })
      : t('reconstructions.worstName', { number: index + 1 - (watched?.pinned ?? 0) });
  return (
    <>
      {differences && <DifferenceLegend scale={differences.scale} label={t('reconstructions.legend')} />}
      {watched && watched.places.length > 0 && (
        <section aria-label={t('reconstructions.watched')}>
          <div className={styles.head}>{watchedHead(watched)}</div>
          <ShownPairs
            samples={watched}
            differences={
              differences?.further ? { values: differences.further, scale: differences.scale } : null
            }
            name={nameOf}
            caption={(index) => {
              const place = watched.places[index] ?? 0;
              const pinned = index < watched.pinned;
              return (
                <div className={styles.caption} data-pinned={pinned}>
                  <span title={t('reconstructions.errorOf', { number: place + 1 })}>
                    {watched.errors?.[index]?.toPrecision(2)}
                  </span>
                  {onPin && (
                    <PinButton name={nameOf(index)} pinned={pinned} onPin={(on) => onPin(place, on)} />
                  )}
                </div>
              );
            }}
          />
        </section>
      )}
      <ShownPairs samples={frame} differences={differences} name={(index) => String(index + 1)} />
    </>
  );
}

function watchedHead({ places, pinned }: NonNullable<ReconstructionFrame['watched']>): string {
  const worst = places.length - pinned;
  return [
    pinned > 0 ? t('reconstructions.pinned', { count: pinned }) : '',
    worst > 0 ? t('reconstructions.worst', { count: worst }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
