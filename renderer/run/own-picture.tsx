import { Button } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import type { CallResult } from '../../shared/ipc/contract';
import { formatShape, isPicture, type Shape } from '../../shared/tensors/shape';
import { sampleFromRgba } from '../data/sample-pixels';
import { SampleView } from '../data/sample-view';
import { isDrawing } from '../files/file-actions';
import { sentenceOf } from '../state/messages';
import { call } from '../state/session-store';
import { formatError } from './format';
import styles from './run-panel.module.css';

interface OwnPictureProps {
  readonly runId: string | null;
  /** The shape of the run's input; null while there is no run. */
  readonly shape: Shape | null;
}

interface Result {
  readonly name: string;
  readonly shape: Shape;
  readonly original: Uint8Array;
  /** What the model is given of it, where that is less. */
  readonly seen: CallResult<'run.reconstruct'>['seen'];
  readonly reconstruction: Uint8Array;
  readonly mse: number;
}

/** A place to drop a picture of one's own, shown beside what the run's present weights make of it. */
export function OwnPicture({ runId, shape }: OwnPictureProps) {
  const [over, setOver] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const ready = runId !== null && shape !== null && isPicture(shape);

  const reconstruct = async (file: File | undefined) => {
    if (!file || !ready) return;
    try {
      const original = await pixelsOf(file, shape);
      const { pixels, mse, seen } = await call('run.reconstruct', { runId, pixels: original });
      setResult({ name: file.name, shape, original, seen, reconstruction: pixels, mse });
      setFailure(null);
    } catch (error) {
      setFailure(sentenceOf(error));
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    // A drawing is opened, wherever it is dropped.
    if (file && !isDrawing(file)) void reconstruct(file);
  };

  return (
    // The button below is the keyboard's way to the same; a drop needs a pointer anyway.
    <section
      className={styles.own}
      aria-label="A picture of your own"
      data-over={over && ready}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {result && (
        <>
          <div className={styles.ownPicture}>
            <SampleView
              pixels={result.original}
              shape={result.shape}
              index={0}
              label={`Your picture ${result.name}`}
            />
          </div>
          {result.seen && (
            <div className={styles.ownPicture}>
              <SampleView
                pixels={result.seen.pixels}
                shape={result.seen.shape}
                index={0}
                label="What the model is given"
              />
            </div>
          )}
          <div className={styles.ownPicture}>
            <SampleView
              pixels={result.reconstruction}
              shape={result.shape}
              index={0}
              label="Its reconstruction"
            />
          </div>
        </>
      )}
      <div className={styles.ownText} role="status">
        {failure ??
          (result
            ? `${result.name}: MSE ${formatError(result.mse)}`
            : ready
              ? `Drop a picture of your own here; it is drawn at ${formatShape(shape)}.`
              : shape && !isPicture(shape)
                ? 'The data are no pictures, so a picture of your own can’t be tried.'
                : 'Once a run has started, drop a picture of your own here.')}
      </div>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        hidden
        aria-label="Picture of your own"
        onChange={(event) => {
          void reconstruct(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Button variant="default" disabled={!ready} onClick={() => chooser.current?.click()}>
        Choose…
      </Button>
    </section>
  );
}

/** Decodes a picture in the page and draws the largest centred part of the input's proportions at the input's size. */
async function pixelsOf(file: File, shape: Shape): Promise<Uint8Array> {
  const [height = 1, width = 1] = shape;
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error(`${file.name} could not be read as a picture. Try a PNG or JPEG file.`);
  });
  const scale = Math.min(bitmap.width / width, bitmap.height / height);
  const [partWidth, partHeight] = [width * scale, height * scale];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This window can’t draw pictures.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    bitmap,
    (bitmap.width - partWidth) / 2,
    (bitmap.height - partHeight) / 2,
    partWidth,
    partHeight,
    0,
    0,
    width,
    height,
  );
  bitmap.close();
  return sampleFromRgba(context.getImageData(0, 0, width, height).data, shape);
}
