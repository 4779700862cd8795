import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { LayerRecordTold } from '../../shared/ipc/layer-schemas';
import { useElementSize } from '../errors/element-size';
import { TermLabel } from '../glossary/term-mark';
import { t } from '../strings/strings';
import { signed } from './colour-legend';
import { colourOf, sequential } from './colour-maps';
import styles from './layers-panel.module.css';

export type Spread = LayerRecordTold['activations'];

/** How something was spread at the end of one epoch. */
export interface EpochSpread {
  readonly epoch: number;
  readonly spread: Spread;
}

interface SpreadChartProps {
  readonly title: string;
  /** A label of the glossary that explains the title. */
  readonly word?: string;
  readonly records: readonly EpochSpread[];
}

const AXIS = 52;
const TOP = 6;
const BOTTOM = 16;

/**
 * How numbers were spread over the epochs: a column an epoch, each bin where its numbers lie, the more of them the brighter. The
 * line is their mean.
 */
export function SpreadChart({ title, word, records }: SpreadChartProps) {
  const [pane, size] = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('dark');
  const [chosen, setChosen] = useState<number | null>(null);
  const width = Math.max(0, Math.floor((size?.width ?? 0) - AXIS - 6));
  const height = Math.max(0, Math.floor((size?.height ?? 0) - TOP - BOTTOM));
  const least = Math.min(...records.map(({ spread }) => spread.least));
  const most = Math.max(...records.map(({ spread }) => spread.most));
  const pitch = Math.min(48, width / Math.max(1, records.length));
  const y = (value: number) => (most > least ? (most - value) / (most - least) : 0.5) * height;
  const at = chosen !== null && chosen < records.length ? chosen : null;
  const [first, last] = [records[0], records.at(-1)];

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which the scheme changes
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width === 0 || height === 0) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const colour = (variable: string) => getComputedStyle(element).getPropertyValue(variable);
    const step = (spread: Spread) => (spread.most - spread.least) / spread.counts.length;
    // Density, for bins are not equally wide in all epochs; its root, so that what is rare is seen too.
    const density = (spread: Spread, count: number) =>
      Math.sqrt(count / spread.count / Math.max(step(spread), 1e-12));
    const brightest = Math.max(
      ...records.flatMap(({ spread }) =>
        spread.counts.map((count) => (spread.count > 0 ? density(spread, count) : 0)),
      ),
    );
    const colours = { map: sequential, least: 0, most: brightest };
    records.forEach(({ spread }, place) => {
      spread.counts.forEach((count, bin) => {
        if (count === 0) return;
        // Whole pixels: bins that meet leave no seam.
        const top = Math.floor(y(spread.least + (bin + 1) * step(spread)));
        const bottom = Math.ceil(y(spread.least + bin * step(spread)));
        const [red, green, blue] = colourOf(density(spread, count), colours);
        context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
        context.fillRect(
          place * pitch,
          top,
          Math.max(1, pitch - (pitch > 6 ? 1 : 0)),
          Math.max(1, bottom - top),
        );
      });
    });
    context.strokeStyle = colour('--hg-text');
    context.lineWidth = 1.5;
    context.beginPath();
    records.forEach(({ spread }, place) => {
      context.lineTo(place * pitch, y(spread.mean));
      context.lineTo((place + 1) * pitch, y(spread.mean));
    });
    context.stroke();
  }, [records, width, height, pitch, least, most, scheme]);

  return (
    <section className={styles.spread} aria-label={title}>
      <h4 className={styles.spreadTitle} style={{ marginLeft: AXIS }}>
        {word ? <TermLabel label={word} shown={title} /> : title}
      </h4>
      <div ref={pane} className={styles.spreadPane}>
        <span className={styles.axisLabel} style={{ top: TOP + y(most), width: AXIS - 8 }}>
          {signed(most)}
        </span>
        {most > least && (
          <span className={styles.axisLabel} style={{ top: TOP + y(least), width: AXIS - 8 }}>
            {signed(least)}
          </span>
        )}
        <div
          className={styles.spreadArea}
          style={{ left: AXIS, top: TOP, width: Math.max(1, pitch * records.length), height }}
          role="slider"
          aria-label={t('layers.spreadLabel', { title, epochs: records.length })}
          aria-valuemin={1}
          aria-valuemax={records.length}
          aria-valuenow={(at ?? 0) + 1}
          aria-valuetext={at === null ? t('layers.hoverEpoch') : spreadReading(records[at])}
          tabIndex={0}
          onFocus={() => setChosen((now) => now ?? records.length - 1)}
          onBlur={() => setChosen(null)}
          onKeyDown={(event) => {
            const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
            if (step === undefined) return;
            event.preventDefault();
            event.stopPropagation();
            setChosen(Math.min(records.length - 1, Math.max(0, (at ?? 0) + step)));
          }}
          onPointerMove={(event) => {
            const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
            setChosen(Math.max(0, Math.min(records.length - 1, Math.floor(left / pitch))));
          }}
          onPointerLeave={() => setChosen(null)}
        >
          <canvas
            ref={canvas}
            width={Math.max(1, Math.round(width * (window.devicePixelRatio || 1)))}
            height={Math.max(1, Math.round(height * (window.devicePixelRatio || 1)))}
            style={{ width, height }}
          />
        </div>
        <span className={styles.epochLabel} style={{ left: AXIS }}>
          {first && t('layers.epoch', { epoch: first.epoch })}
          {last && last !== first && ` – ${last.epoch}`}
        </span>
        <output className={styles.spreadReading}>{at !== null && spreadReading(records[at])}</output>
      </div>
    </section>
  );
}

function spreadReading(record: EpochSpread | undefined): string {
  if (!record) return '';
  const { mean, deviation, least, most } = record.spread;
  const figures = {
    mean: signed(mean),
    deviation: signed(deviation),
    least: signed(least),
    most: signed(most),
  };
  return t('layers.spreadReading', { epoch: record.epoch, ...figures });
}
