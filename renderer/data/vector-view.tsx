import { useComputedColorScheme } from '@mantine/core';
import { memo, useCallback, useMemo, useRef } from 'react';
import type { Shape } from '../../shared/tensors/shape';
import { pairWords } from './course-words';
import { drawCourse } from './draw-course';
import { seriesCourses, vectorBars } from './sample-pixels';
import styles from './sample-view.module.css';
import { useSharpCanvas } from './sharp-canvas';

interface VectorViewProps {
  /** Count × shape. */
  readonly originals: Uint8Array;
  readonly reconstructions: Uint8Array;
  readonly shape: Shape;
  /** Which sample of the two blocks. */
  readonly index: number;
  readonly label: string;
}

/** Pixels of the page. */
const WIDTH = 75;
const HEIGHT = 35;

/**
 * A sample and its reconstruction in one: a vector's values as bars with a stepped line over them, a series as two
 * lines for each channel.
 */
export const VectorView = memo(function VectorView(props: VectorViewProps) {
  const { originals, reconstructions, shape, index, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('dark');

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which the scheme changes
  const draw = useCallback<NonNullable<Parameters<typeof useSharpCanvas>[1]>>(
    ({ context }) => {
      const colour = (name: string) => getComputedStyle(context.canvas).getPropertyValue(name);
      context.clearRect(0, 0, WIDTH, HEIGHT);
      context.lineWidth = 1.5;
      if (shape.length === 2) {
        const box = { width: WIDTH, height: HEIGHT };
        context.strokeStyle = colour('--hg-encoder');
        for (const course of seriesCourses(originals, shape, index, WIDTH)) drawCourse(context, course, box);
        context.strokeStyle = colour('--hg-decoder');
        for (const course of seriesCourses(reconstructions, shape, index, WIDTH))
          drawCourse(context, course, box);
        return;
      }
      const bars = vectorBars(originals, shape, index, WIDTH);
      const line = vectorBars(reconstructions, shape, index, WIDTH);
      const pitch = WIDTH / bars.length;
      const top = (share: number) => 2 + (1 - share) * (HEIGHT - 4);
      context.fillStyle = colour('--hg-encoder');
      context.globalAlpha = 0.5;
      const gap = pitch > 3 ? 1 : 0;
      bars.forEach((share, at) => {
        context.fillRect(at * pitch, top(share), pitch - gap, HEIGHT - top(share));
      });
      context.globalAlpha = 1;
      context.strokeStyle = colour('--hg-decoder');
      context.beginPath();
      line.forEach((share, at) => {
        context.lineTo(at * pitch, top(share));
        context.lineTo((at + 1) * pitch, top(share));
      });
      context.stroke();
    },
    [originals, reconstructions, shape, index, scheme],
  );
  useSharpCanvas(canvas, draw);
  const words = useMemo(
    () => pairWords(originals, reconstructions, shape, index),
    [originals, reconstructions, shape, index],
  );

  return (
    <canvas
      ref={canvas}
      className={`${styles.sample} ${styles.vector}`}
      style={{ width: WIDTH, height: HEIGHT }}
      role="img"
      aria-label={label}
      aria-description={words}
    />
  );
});
