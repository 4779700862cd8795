import type { KeyboardEvent, PointerEvent } from 'react';
import { shareAbove } from '../../shared/anomalies/roc';
import { formatError } from '../run/format';
import { t } from '../strings/strings';
import { normalGroup } from './error-groups';
import styles from './errors-panel.module.css';
import { setCutOff, useErrors } from './errors-store';
import { formatShare } from './format-share';
import type { LogAxis } from './log-axis';

interface CutOffSliderProps {
  readonly axis: LogAxis;
  /** Where the plot lies, in pixels. */
  readonly frame: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

/** Shares of the axis that a key moves the cut-off by. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.01,
  ArrowDown: -0.01,
  ArrowRight: 0.01,
  ArrowUp: 0.01,
  PageDown: -0.1,
  PageUp: 0.1,
  Home: -1,
  End: 1,
};

/** The line that parts what is called normal from what is called anomalous, over the histogram: the whole plot is its way. */
export function CutOffSlider({ axis, frame }: CutOffSliderProps) {
  const groups = useErrors((state) => state.groups);
  const cutOff = useErrors((state) => state.cutOff);
  const share = axis.share(cutOff);
  const normal = normalGroup(groups);
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setCutOff(axis.at((event.clientX - box.left) / box.width));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = KEYS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setCutOff(axis.at(share + step));
  };
  return (
    <div
      className={styles.slider}
      style={frame}
      role="slider"
      tabIndex={0}
      aria-label={t('errors.cutOff.label')}
      aria-valuemin={axis.low}
      aria-valuemax={axis.high}
      aria-valuenow={cutOff}
      aria-valuetext={
        normal
          ? t('errors.cutOff.flags', {
              cutOff: formatError(cutOff),
              share: formatShare(shareAbove(normal.errors, cutOff)),
              group: normal.label.toLowerCase(),
            })
          : formatError(cutOff)
      }
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
    >
      <div className={styles.flagged} style={{ left: `${100 * share}%` }} />
      <div
        className={styles.line}
        style={{ left: `${100 * share}%` }}
        data-side={share > 0.7 ? 'left' : 'right'}
      >
        <span className={styles.value}>{formatError(cutOff)}</span>
      </div>
    </div>
  );
}
