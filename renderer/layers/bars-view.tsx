import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useElementSize } from '../errors/element-size';
import { t } from '../strings/strings';
import { signed } from './colour-legend';
import { rangeOf } from './colour-maps';
import styles from './layers-panel.module.css';

interface BarsViewProps {
  readonly values: Float32Array;
  readonly label: string;
  /** What a value is called: `unit`, `value`. Counted from 1. */
  readonly name: string;
  readonly silent: ReadonlySet<number>;
}

const AXIS = 46;
const MARGIN = 8;
/** No bar is wider. */
const WIDEST = 26;

/** A vector as bars from 0; the pointer, or the arrow keys, tell each value. Silent units are marked under the line. */
export function BarsView({ values, label, name, silent }: BarsViewProps) {
  const [pane, size] = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('dark');
  const [chosen, setChosen] = useState<number | null>(null);
  const width = Math.max(0, Math.floor((size?.width ?? 0) - AXIS - MARGIN));
  const height = Math.max(0, Math.floor((size?.height ?? 0) - 2 * MARGIN));
  const pitch = Math.min(WIDEST, width / Math.max(1, values.length));
  const [low, high] = rangeOf(values);
  const [least, most] = [Math.min(0, low), Math.max(0, high)];
  const y = (value: number) => MARGIN + (most > least ? (most - value) / (most - least) : 1) * height;
  const at = chosen !== null && chosen < values.length ? chosen : null;

  const told = (place: number) =>
    `${name} ${place + 1}: ${signed(values[place] ?? 0)}${silent.has(place) ? ` (${t('layers.isSilent')})` : ''}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which the scheme changes
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height + 2 * MARGIN);
    const colour = (variable: string) => getComputedStyle(element).getPropertyValue(variable);
    const gap = pitch > 4 ? 1 : 0;
    context.fillStyle = colour('--hg-encoder');
    // Where several values share a pixel, those farthest from 0 are seen.
    const bars = Math.min(values.length, width);
    const wide = (pitch * values.length) / bars;
    for (let bar = 0; bar < bars; bar += 1) {
      let [low, high] = [0, 0];
      const end = Math.floor(((bar + 1) * values.length) / bars);
      for (let place = Math.floor((bar * values.length) / bars); place < end; place += 1) {
        const value = values[place] ?? 0;
        if (value < low) low = value;
        else if (value > high) high = value;
      }
      const tall = Math.max(1, y(Math.max(low, least)) - y(Math.min(high, most)));
      context.fillRect(bar * wide, y(Math.min(high, most)), Math.max(1, wide - gap), tall);
    }
    context.fillStyle = colour('--hg-problem');
    for (const place of silent) context.fillRect(place * pitch, y(0) + 2, Math.max(1.5, pitch - gap), 3);
    context.fillStyle = colour('--hg-line-strong');
    context.fillRect(0, Math.round(y(0)), width, 1);
  }, [values, width, height, pitch, least, most, silent, scheme]);

  return (
    <div className={styles.figure}>
      <div ref={pane} className={styles.bars}>
        <span className={styles.axisLabel} style={{ top: y(most) }}>
          {signed(most)}
        </span>
        {least < 0 && (
          <span className={styles.axisLabel} style={{ top: y(least) }}>
            {signed(least)}
          </span>
        )}
        {most > 0 && y(0) - y(most) > 14 && (least === 0 || y(least) - y(0) > 14) && (
          <span className={styles.axisLabel} style={{ top: y(0) }}>
            0
          </span>
        )}
        <div
          className={styles.barsArea}
          style={{ left: AXIS, width: Math.max(1, pitch * values.length) }}
          role="slider"
          aria-label={label}
          aria-valuemin={1}
          aria-valuemax={values.length}
          aria-valuenow={(at ?? 0) + 1}
          aria-valuetext={at === null ? t('layers.hover') : told(at)}
          tabIndex={0}
          onPointerMove={(event) => {
            const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
            setChosen(Math.min(values.length - 1, Math.max(0, Math.floor(left / pitch))));
          }}
          onPointerLeave={() => setChosen(null)}
          onFocus={() => setChosen((now) => now ?? 0)}
          onKeyDown={(event) => {
            const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
            if (step === undefined) return;
            event.preventDefault();
            event.stopPropagation();
            setChosen(Math.min(values.length - 1, Math.max(0, (at ?? 0) + step)));
          }}
        >
          <canvas
            ref={canvas}
            width={Math.max(1, Math.round(width * (window.devicePixelRatio || 1)))}
            height={Math.max(1, Math.round((height + 2 * MARGIN) * (window.devicePixelRatio || 1)))}
            style={{ width, height: height + 2 * MARGIN }}
            data-testid="layer-bars"
          />
          {at !== null && (
            <div
              className={styles.cursor}
              style={{ left: at * pitch, top: 0, width: Math.max(2, pitch), bottom: 0 }}
            />
          )}
        </div>
      </div>
      <div className={styles.foot}>
        <span className={styles.reading}>{t('layers.values', { count: values.length })}</span>
        <output className={styles.reading}>{at === null ? t('layers.hover') : told(at)}</output>
      </div>
    </div>
  );
}
