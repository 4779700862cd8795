import { useComputedColorScheme } from '@mantine/core';
import { memo, useEffect, useMemo, useRef } from 'react';
import { isPicture, type Shape } from '../../shared/tensors/shape';
import { courseWords } from './course-words';
import { drawCourse } from './draw-course';
import { pictureRgba, seriesCourses, vectorBars } from './sample-pixels';
import styles from './sample-view.module.css';
import { useSharpCanvas } from './sharp-canvas';

interface SampleViewProps {
  readonly pixels: Uint8Array;
  readonly shape: Shape;
  /** Which sample of the block. */
  readonly index: number;
  readonly label: string;
}

/** Width to height of what is no picture. */
const VECTOR_SIZE = [96, 56] as const;

/** One sample: a picture pixel by pixel, a series as a line for each channel, a vector as bars. */
export const SampleView = memo(function SampleView({ pixels, shape, index, label }: SampleViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = isPicture(shape);
  const [width, height] = picture ? [shape[1], shape[0]] : VECTOR_SIZE;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !picture) return;
    context.putImageData(new ImageData(pictureRgba(pixels, shape, index), width, height), 0, 0);
  }, [pixels, shape, index, picture, width, height]);
  const words = useMemo(
    () => (picture || label === '' ? undefined : courseWords(pixels, shape, index)),
    [pixels, shape, index, picture, label],
  );
  const chart = useChart({ pixels, shape, index });
  useSharpCanvas(canvas, picture ? null : chart);

  return (
    <canvas
      ref={canvas}
      className={picture ? styles.sample : `${styles.sample} ${styles.vector}`}
      width={picture ? width : undefined}
      height={picture ? height : undefined}
      style={{ aspectRatio: `${width} / ${height}` }}
      role={label === '' ? 'presentation' : 'img'}
      aria-label={label || undefined}
      aria-description={words}
    />
  );
});

/** Draws a series or a vector. */
function useChart({ pixels, shape, index }: Pick<SampleViewProps, 'pixels' | 'shape' | 'index'>) {
  const scheme = useComputedColorScheme('dark');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which the scheme changes
  return useMemo<Parameters<typeof useSharpCanvas>[1]>(
    () =>
      ({ context, width, height }) => {
        const ink = getComputedStyle(context.canvas).getPropertyValue('--hg-encoder');
        context.clearRect(0, 0, width, height);
        if (shape.length === 2) {
          context.strokeStyle = ink;
          for (const course of seriesCourses(pixels, shape, index, Math.round(width)))
            drawCourse(context, course, { width, height });
          return;
        }
        context.fillStyle = ink;
        const bars = vectorBars(pixels, shape, index, Math.round(width));
        const pitch = width / bars.length;
        bars.forEach((bar, at) => {
          const tall = Math.max(1, bar * height);
          context.fillRect(at * pitch, height - tall, Math.max(1, pitch - (pitch > 3 ? 1 : 0)), tall);
        });
      },
    [pixels, shape, index, scheme],
  );
}
