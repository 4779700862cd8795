import { SampleView } from '../data/sample-view';
import { t } from '../strings/strings';
import { type Cloud, labelAt } from './cloud';
import styles from './code-map.module.css';
import type { MapPixel, MapSize } from './map-view';
import { useSamplePicture } from './sample-pictures';

interface MapHoverProps {
  readonly cloud: Cloud;
  readonly place: number;
  readonly pixel: MapPixel;
  readonly size: MapSize;
}

/** The picture of the sample under the pointer, beside it. */
export function MapHover({ cloud, place, pixel, size }: MapHoverProps) {
  const picture = useSamplePicture(cloud.runId, place);
  const label = labelAt(cloud, place);
  const isRight = pixel.left > size.width / 2;
  const isLow = pixel.top > size.height / 2;
  return (
    <div
      className={styles.hover}
      style={{
        [isRight ? 'right' : 'left']: (isRight ? size.width - pixel.left : pixel.left) + 12,
        [isLow ? 'bottom' : 'top']: (isLow ? size.height - pixel.top : pixel.top) + 8,
      }}
    >
      <div className={styles.hoverPicture}>
        {picture && (
          <SampleView
            pixels={picture.samples.originals.pixels}
            shape={picture.samples.originals.shape}
            index={picture.index}
            label={t('codes.map.hovered', { number: place + 1 })}
          />
        )}
      </div>
      <div className={styles.hoverText}>
        {t('codes.sample', { number: place + 1 })}
        {label !== null && <div className={styles.hoverLabel}>{label}</div>}
      </div>
    </div>
  );
}
