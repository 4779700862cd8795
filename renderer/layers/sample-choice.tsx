import { isPicture } from '../../shared/tensors/shape';
import { ChoosePicture } from '../data/choose-picture';
import { ownPixels } from '../data/picture-file';
import { SampleView } from '../data/sample-view';
import { messageOf, tell } from '../state/messages';
import { t } from '../strings/strings';
import styles from './layers-panel.module.css';
import { chooseOwn, choosePlace, useLayers } from './layers-store';

/** The sample that is looked at: one of the run's, or a picture of one's own. */
export function SampleChoice() {
  const strip = useLayers((state) => state.strip);
  const sample = useLayers((state) => state.sample);
  const ownName = useLayers((state) => state.ownName);
  const described = useLayers((state) => state.described);
  if (!strip || !described) return null;
  const place = sample.kind === 'place' ? sample.place : null;
  const go = (next: number) => {
    const wanted = Math.min(strip.count - 1, Math.max(0, next));
    choosePlace(wanted);
    document.getElementById(`layer-sample-${wanted}`)?.focus();
  };
  const chooseFile = async (file: File | undefined) => {
    if (!file) return;
    try {
      chooseOwn(file.name, await ownPixels(file, described.dataShape));
    } catch (error) {
      tell(messageOf(error));
    }
  };
  return (
    <div className={styles.samples}>
      <div
        className={styles.strip}
        role="listbox"
        aria-orientation="horizontal"
        aria-label={t(
          described.group === 'validation' ? 'layers.validationSamples' : 'layers.trainingSamples',
        )}
        onKeyDown={(event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1, Home: -strip.count, End: strip.count }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          go((place ?? 0) + step);
        }}
      >
        {Array.from({ length: strip.count }, (_, at) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a sample is known by its place
            key={at}
            id={`layer-sample-${at}`}
            type="button"
            role="option"
            className={styles.sample}
            aria-selected={at === place}
            aria-label={t('layers.sample', { sample: at + 1 })}
            tabIndex={at === (place ?? 0) ? 0 : -1}
            onClick={() => choosePlace(at)}
          >
            <SampleView pixels={strip.pixels} shape={strip.shape} index={at} label="" />
          </button>
        ))}
      </div>
      {isPicture(described.dataShape) && (
        <div className={styles.own}>
          <span className={styles.ownName}>{ownName ?? t('layers.own')}</span>
          <ChoosePicture label={t('layers.ownPicture')} onChoose={(file) => void chooseFile(file)} />
        </div>
      )}
    </div>
  );
}
