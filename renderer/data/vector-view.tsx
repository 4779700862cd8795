import { useComputedColorScheme } from '@mantine/core';
import { memo, useEffect, useRef } from 'react';
import type { Shape } from '../../shared/tensors/shape';
import { vectorBars } from './sample-pixels';
import styles from './sample-view.module.css';

interface VectorViewProps {
  /** Count × shape. */
  readonly originals: Uint8Array;
  readonly reconstructions: Uint8Array;
  readonly shape: Shape;
  /** Which sample of the two blocks. */
  readonly index: number;
  readonly label: string;
}

/** Pixels of the page; the canvas has twice as many, so that the line is crisp on fine screens too. */
const WIDTH = 75;
const HEIGHT = 35;
const SCALE = 2;

/** A vector and its reconstruction in one: the values as bars, what the model makes of them as a stepped line over them. */
export const VectorView = memo(function VectorView(props: VectorViewProps) {
  const { originals, reconstructions, shape, index, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('dark');

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which the scheme changes
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const colour = (name: string) => getComputedStyle(context.canvas).getPropertyValue(name);
    const bars = vectorBars(originals, shape, index, WIDTH);
    const line = vectorBars(reconstructions, shape, index, WIDTH);
    const pitch = WIDTH / bars.length;
    const top = (share: number) => 2 + (1 - share) * (HEIGHT - 4);
    context.setTransform(SCALE, 0, 0, SCALE, 0, 0);
    context.clearRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = colour('--hg-encoder');
    context.globalAlpha = 0.5;
    const gap = pitch > 3 ? 1 : 0;
    bars.forEach((share, at) => {
      context.fillRect(at * pitch, top(share), pitch - gap, HEIGHT - top(share));
    });
    context.globalAlpha = 1;
    context.strokeStyle = colour('--hg-decoder');
    context.lineWidth = 1.5;
    context.beginPath();
    line.forEach((share, at) => {
      context.lineTo(at * pitch, top(share));
      context.lineTo((at + 1) * pitch, top(share));
    });
    context.stroke();
  }, [originals, reconstructions, shape, index, scheme]);

  return (
    <canvas
      ref={canvas}
      className={`${styles.sample} ${styles.vector}`}
      width={WIDTH * SCALE}
      height={HEIGHT * SCALE}
      style={{ width: WIDTH, height: HEIGHT }}
      role="img"
      aria-label={label}
    />
  );
});
