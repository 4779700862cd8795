import { useComputedColorScheme } from '@mantine/core';
import { useStore } from '@xyflow/react';
import { EyeOff } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import type { DrawingNode } from '../../shared/plan/drawing';
import { calledName } from '../canvas/flow-elements';
import type { EyePlace } from '../canvas/hourglass-geometry';
import { t } from '../strings/strings';
import styles from './block-eye.module.css';
import { drawSoon } from './draw-queue';
import { drawThumbnail } from './draw-thumbnail';
import type { BlockLook, Silence } from './looks-store';
import { useNodeLook } from './node-look';

/** Pixels at zoom 1. */
const WIDTH = 80;
const NARROW = 24;
const HEIGHT = 36;

/** Pixels of the canvas for one at zoom 1: as many as the screen has, or up to twice that, for not every zoom is drawn anew. */
function scaleAt(zoom: number): number {
  const needed = zoom * devicePixelRatio;
  return needed <= 1 ? 1 : needed <= 2 ? 2 : 4;
}

interface BlockEyeProps {
  readonly node: DrawingNode;
  readonly place: EyePlace;
  /** Whether there is room for words beside the sign of the time. */
  readonly inFull: boolean;
}

/**
 * What a block gives out for the chosen sample, how many of its units are silent, and its share of the time: live while
 * training, under the words on its face. Not there without a run, and for a block that is no longer the one trained: it was
 * replaced or set otherwise, or something that leads to it was. Undoing that brings it back.
 */
export const BlockEye = memo(function BlockEye({ node, place, inFull }: BlockEyeProps) {
  const look = useNodeLook(node);
  if (!look) return null;
  const narrow = node.kind === 'placed';
  const dead = look.silent && look.silent.places.length > 0 ? look.silent : null;
  return (
    <>
      <div className={styles.eye} style={{ top: place.top }} data-narrow={narrow}>
        <ThumbnailView look={look} width={narrow ? NARROW : WIDTH} name={calledName(node, node.id)} />
        {!narrow && look.share !== null && <TimeMark share={look.share} inFull={inFull} />}
      </div>
      {dead && <SilentMark silence={dead} top={place.edge} />}
    </>
  );
});

interface ThumbnailViewProps {
  readonly look: BlockLook;
  readonly width: number;
  readonly name: string;
}

function ThumbnailView({ look: { thumbnail, pixels }, width, name }: ThumbnailViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('dark');
  const scale = useStore(({ transform: [, , zoom] }) => scaleAt(zoom));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which the scheme changes
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    return drawSoon(element, () => {
      const context = element.getContext('2d');
      if (!context) return;
      const style = getComputedStyle(element);
      const inks = { ink: style.color, zero: style.getPropertyValue('--hg-soft') };
      context.lineWidth = scale;
      drawThumbnail(context, thumbnail, pixels, { width: element.width, height: element.height }, inks);
    });
  }, [thumbnail, pixels, width, scale, scheme]);
  return (
    <canvas
      ref={canvas}
      className={styles.thumbnail}
      width={width * scale}
      height={HEIGHT * scale}
      style={{ width, height: HEIGHT }}
      role="img"
      aria-label={t('layers.thumbnail', { layer: name })}
    />
  );
}

/** The share of the time as a length, and in figures where there is room. */
function TimeMark({ share, inFull }: { readonly share: number; readonly inFull: boolean }) {
  const figure = formatShare(share);
  return (
    <div className={styles.time} title={`${figure}: ${t('layers.shareTitle')}`}>
      <div className={styles.timeBar}>
        <div style={{ width: `${100 * share}%` }} />
      </div>
      {inFull && <span>{t('layers.shareMark', { share: figure })}</span>}
    </div>
  );
}

/** How many units are silent, on the lower edge of the block: a sign and figures, so that it is not told by colour alone. */
function SilentMark({
  silence: { places, units, samples },
  top,
}: {
  readonly silence: Silence;
  readonly top: number;
}) {
  const silent = places.length;
  return (
    <span
      className={styles.silent}
      style={{ top }}
      role="img"
      aria-label={t('layers.silentTitle', { silent, units, samples })}
      title={t('layers.silentTitle', { silent, units, samples })}
    >
      <EyeOff size={10} aria-hidden="true" />
      {t('layers.silentMark', { silent, units })}
    </span>
  );
}

/** `38 %`, `<1 %`. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  return `${Math.round(100 * share)} %`;
}
