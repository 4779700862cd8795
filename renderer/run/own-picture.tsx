import { Checkbox } from '@mantine/core';
import { type DragEvent, type ReactNode, useState } from 'react';
import type { CallResult } from '../../shared/ipc/contract';
import { formatShape, isPicture, type Shape } from '../../shared/tensors/shape';
import { ChoosePicture } from '../data/choose-picture';
import { ownPixels } from '../data/picture-file';
import { SampleView } from '../data/sample-view';
import { isDrawing } from '../files/file-actions';
import { sentenceOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { formatError } from './format';
import styles from './run-panel.module.css';

interface OwnPictureProps {
  readonly runId: string | null;
  /** The shape of the run's input; null while there is no run. */
  readonly shape: Shape | null;
}

interface Result {
  readonly file: File;
  readonly original: Uint8Array;
  readonly answer: CallResult<'run.reconstruct'>;
}

/**
 * A place to drop a picture of one's own, shown beside what the run's present weights make of it. The model is given it as it
 * is: who wants to see a clean picture damaged and mended says so.
 */
export function OwnPicture({ runId, shape }: OwnPictureProps) {
  const [over, setOver] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const ready = runId !== null && shape !== null && isPicture(shape);
  const [corrupt, setCorrupt] = useState(false);

  const reconstruct = async (file: File | undefined, corrupting = corrupt) => {
    if (!file || !ready) return;
    try {
      const original = await ownPixels(file, shape);
      const answer = await call('run.reconstruct', { runId, pixels: original, corrupt: corrupting });
      setResult({ file, original, answer });
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
      aria-label={t('run.own.picture')}
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
          <Picture
            pixels={result.original}
            shape={result.answer.shape}
            label={t('run.own.yours', { name: result.file.name })}
          />
          {result.answer.seen && <Picture {...result.answer.seen} label={t('run.own.given')} />}
          <Picture {...result.answer} label={t('run.own.reconstruction')} />
        </>
      )}
      <div className={styles.ownText} role="status">
        {failure ?? sentence(result, shape)}
      </div>
      {result?.answer.corrupts && (
        <Checkbox
          label={t('run.own.corrupt')}
          checked={corrupt}
          onChange={(event) => {
            setCorrupt(event.currentTarget.checked);
            void reconstruct(result.file, event.currentTarget.checked);
          }}
        />
      )}
      <ChoosePicture
        label={t('run.own.chooseLabel')}
        disabled={!ready}
        onChoose={(file) => void reconstruct(file)}
      />
    </section>
  );
}

function Picture({ pixels, shape, label }: { pixels: Uint8Array; shape: Shape; label: string }) {
  return (
    <div className={styles.ownPicture}>
      <SampleView pixels={pixels} shape={shape} index={0} label={label} />
    </div>
  );
}

function sentence(result: Result | null, shape: Shape | null): ReactNode {
  if (result) {
    const { file, answer } = result;
    // Given as it is, how much was mended is what it differs by.
    const figures = { name: file.name, error: formatError(answer.mse) };
    return t(answer.corrupts && !answer.seen ? 'run.own.changed' : 'run.own.error', figures);
  }
  if (!shape) return t('run.own.pictureLater');
  return t('run.own.drop', { shape: formatShape(shape) });
}
