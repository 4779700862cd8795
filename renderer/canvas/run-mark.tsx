import { Pause } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { RunView } from '../run/run-record';
import { useRun } from '../run/run-store';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import styles from './run-mark.module.css';

interface RunMarkProps {
  /** Of the block, and where it begins, in pixels at zoom 1. */
  readonly width: number;
  readonly top: number;
}

/** Over the code, while the drawing is trained: how far the run is. It alone follows the run, and by whole percents. */
export function RunMark({ width, top }: RunMarkProps) {
  const opened = useDocument((state) => state.opened);
  const told = useRun((state) => (state.opened === opened ? progressOf(state.view) : null));
  if (told === null) return null;
  const [phase = '', percent = '0', epoch = '0', epochs = '0'] = told.split(' ');
  const isPaused = phase === 'paused';
  const words = t(isPaused ? 'canvas.run.paused' : 'canvas.run.training', { epoch, epochs });
  const place: CSSProperties = { width, bottom: `calc(100% - ${top}px)` };
  return (
    <div
      className={styles.run}
      style={place}
      data-paused={isPaused}
      role="progressbar"
      aria-label={t('canvas.run.label')}
      aria-valuenow={Number(percent)}
      aria-valuetext={words}
      title={words}
    >
      <span className={styles.epoch} aria-hidden="true">
        {isPaused && <Pause className={styles.sign} />}
        {t('canvas.run.epoch', { epoch, epochs })}
      </span>
      <div className={styles.bar}>
        <div style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

/** `running 42 3 20`: as a word, so that what is alike draws nothing anew; null while nothing is trained. */
function progressOf(view: RunView | null): string | null {
  if (!view?.summary || (view.phase !== 'running' && view.phase !== 'paused')) return null;
  const { epochs, stepsPerEpoch } = view.summary;
  const percent = Math.min(100, Math.floor((100 * view.step) / Math.max(1, epochs * stepsPerEpoch)));
  return [view.phase, percent, view.epoch, epochs].join(' ');
}
