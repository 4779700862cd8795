import { useState } from 'react';
import type { Bitmap } from '../../shared/marks/mark-bitmap';
import { pictureOfText, textOfPicture } from '../../shared/marks/picture-text';
import { ChoosePicture } from '../data/choose-picture';
import { bitmapOf, middleOf } from '../data/picture-file';
import { sampleFromRgba } from '../data/sample-pixels';
import { SampleView } from '../data/sample-view';
import { sentenceOf } from '../state/messages';
import { t } from '../strings/strings';
import styles from './picture-field.module.css';

interface PictureFieldProps {
  readonly id: string;
  /** As `pictureText` has it. */
  readonly value: string;
  /** Pixels along the longer side at most. */
  readonly max: number;
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean | undefined;
}

/** A small picture that the drawing keeps, chosen from a file. */
export function PictureField({ id, value, max, onChange, disabled }: PictureFieldProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const { height, width, values } = pictureOfText(value);
  const choose = async (file: File | undefined) => {
    if (!file) return;
    try {
      onChange(textOfPicture(await coverageOf(file, max)));
      setFailure(null);
    } catch (error) {
      setFailure(sentenceOf(error));
    }
  };
  return (
    <div className={styles.field}>
      {value !== '' && (
        <div className={styles.picture}>
          <SampleView
            pixels={Uint8Array.from(values, (level) => 255 * level)}
            shape={[height, width, 1]}
            index={0}
            label={t('inspector.mark.label', { width, height })}
          />
        </div>
      )}
      <ChoosePicture
        id={id}
        label={t('inspector.mark.choose')}
        disabled={disabled}
        onChoose={(file) => void choose(file)}
      />
      {failure && (
        <span className={styles.failure} role="alert">
          {failure}
        </span>
      )}
    </div>
  );
}

/** How much each pixel of a picture marks, 0–1: how opaque it is or, where all of them are, how bright. */
async function coverageOf(file: File, max: number): Promise<Bitmap> {
  const bitmap = await bitmapOf(file);
  const scale = Math.min(1, max / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const data = middleOf(bitmap, bitmap, { width, height });
  const opacity = Array.from({ length: width * height }, (_, i) => data[4 * i + 3] ?? 0);
  const covered = opacity.every((alpha) => alpha === 255)
    ? sampleFromRgba(data, [height, width, 1])
    : opacity;
  const values = Array.from(covered, (value) => value / 255);
  return { height, width, values };
}
