import { memo, useCallback, useEffect, useRef } from 'react';
import { isPicture, type Shape, valueCount } from '../../shared/tensors/shape';
import { vectorBars } from '../data/sample-pixels';
import view from '../data/sample-view.module.css';
import { useSharpCanvas } from '../data/sharp-canvas';
import { DIFFERENCE_COLOURS, differenceColour } from './difference';
import styles from './reconstructions.module.css';

interface DifferenceViewProps {
  /** |original − reconstruction|, count × shape. */
  readonly differences: Uint8Array;
  readonly shape: Shape;
  readonly index: number;
  /** The share of the range at which the scale ends. */
  readonly scale: number;
  readonly label: string;
}

/** Width to height of what is no picture. */
const VECTOR_SIZE = [150, 40] as const;

/** How far one sample is off, value by value: a picture in colours, the mean of its channels; a vector as bars. */
export const DifferenceView = memo(function DifferenceView(props: DifferenceViewProps) {
  const { differences, shape, index, scale, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = isPicture(shape);
  const [width, height] = picture ? [shape[1], shape[0]] : VECTOR_SIZE;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !picture) return;
    const channels = shape[2];
    const start = index * valueCount(shape);
    const rgba = new Uint8ClampedArray(4 * width * height);
    for (let pixel = 0; pixel < width * height; pixel += 1) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel += 1)
        sum += differences[start + pixel * channels + channel] ?? 0;
      rgba.set([...differenceColour(sum / channels / 255 / scale), 255], 4 * pixel);
    }
    context.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [differences, shape, index, scale, picture, width, height]);
  const drawBars = useCallback<NonNullable<Parameters<typeof useSharpCanvas>[1]>>(
    ({ context, width, height }) => {
      const bars = vectorBars(differences, shape, index, Math.round(width));
      context.clearRect(0, 0, width, height);
      const pitch = width / bars.length;
      bars.forEach((bar, at) => {
        const share = Math.min(1, bar / scale);
        context.fillStyle = `rgb(${differenceColour(0.25 + 0.6 * share).join()})`;
        const tall = Math.max(1, share * height);
        context.fillRect(at * pitch, height - tall, Math.max(1, pitch - (pitch > 3 ? 1 : 0)), tall);
      });
    },
    [differences, shape, index, scale],
  );
  useSharpCanvas(canvas, picture ? null : drawBars);
  return (
    <canvas
      ref={canvas}
      className={picture ? view.sample : `${view.sample} ${view.vector}`}
      width={picture ? width : undefined}
      height={picture ? height : undefined}
      style={{ aspectRatio: `${width} / ${height}` }}
      role="img"
      aria-label={label}
    />
  );
});

/** What the colours of differences mean. */
export function DifferenceLegend({ scale, label }: { readonly scale: number; readonly label: string }) {
  const stops = DIFFERENCE_COLOURS.map((colour) => `rgb(${colour.join()})`).join(', ');
  return (
    <div className={styles.legend} role="img" aria-label={`${label}: 0 – ${scale}`}>
      <span>{label}</span>
      <span>0</span>
      <span className={styles.scale} style={{ background: `linear-gradient(to right, ${stops})` }} />
      <span>{scale}</span>
    </div>
  );
}
