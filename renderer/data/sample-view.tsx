import { memo, useEffect, useRef } from 'react';
import { isPicture, type Shape } from '../../shared/tensors/shape';
import { drawCourse } from './draw-course';
import { pictureRgba, seriesCourses, vectorBars } from './sample-pixels';
import styles from './sample-view.module.css';

interface SampleViewProps {
  readonly pixels: Uint8Array;
  readonly shape: Shape;
  /** Which sample of the block. */
  readonly index: number;
  readonly label: string;
}

const VECTOR_SIZE = [96, 56] as const;

/** One sample: a picture pixel by pixel, a series as a line for each channel, a vector as bars. */
export const SampleView = memo(function SampleView({ pixels, shape, index, label }: SampleViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = isPicture(shape);
  const [width, height] = picture ? [shape[1], shape[0]] : VECTOR_SIZE;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    if (picture) {
      context.putImageData(new ImageData(pictureRgba(pixels, shape, index), width, height), 0, 0);
    } else if (shape.length === 2) {
      context.clearRect(0, 0, width, height);
      context.strokeStyle = getComputedStyle(context.canvas).getPropertyValue('--hg-encoder');
      for (const course of seriesCourses(pixels, shape, index, width))
        drawCourse(context, course, { width, height });
    } else {
      const bars = vectorBars(pixels, shape, index, width);
      context.clearRect(0, 0, width, height);
      context.fillStyle = getComputedStyle(context.canvas).getPropertyValue('--hg-encoder');
      const pitch = width / bars.length;
      bars.forEach((bar, at) => {
        const tall = Math.max(1, bar * height);
        context.fillRect(at * pitch, height - tall, Math.max(1, pitch - (pitch > 3 ? 1 : 0)), tall);
      });
    }
  }, [pixels, shape, index, picture, width, height]);

  return (
    <canvas
      ref={canvas}
      className={picture ? styles.sample : `${styles.sample} ${styles.vector}`}
      width={width}
      height={height}
      style={{ aspectRatio: `${width} / ${height}` }}
      role={label === '' ? 'presentation' : 'img'}
      aria-label={label || undefined}
    />
  );
});
