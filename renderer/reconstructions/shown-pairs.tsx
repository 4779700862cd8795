import type { ReactNode } from 'react';
import type { ShownSamples } from '../../shared/ipc/contract';
import { isPicture } from '../../shared/tensors/shape';
import { SamplePair } from '../data/sample-pair';
import { t } from '../strings/strings';
import { DifferenceView } from './difference-view';
import styles from './reconstructions.module.css';

interface Differences {
  readonly values: Uint8Array;
  readonly scale: number;
}

interface ShownPairsProps {
  readonly samples: ShownSamples;
  /** Shown below each pair; null: not. */
  readonly differences: Differences | null;
  /** What the samples are called, such as `1`, `worst 2`. */
  readonly name: (index: number) => string;
  /** Below a sample. */
  readonly caption?: (index: number) => ReactNode;
}

/** Samples over what the model makes of them: pictures one over the other, vectors in one chart. */
export function ShownPairs({ samples, differences, name, caption }: ShownPairsProps) {
  const { originals, reconstructions } = samples;
  const vectors = !isPicture(originals.shape);
  const count = Math.min(originals.count, reconstructions.count);
  return (
    <div className={styles.grid} data-vectors={vectors}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is all the identity a sample has.
        <div key={index} className={styles.pair}>
          <SamplePair
            samples={samples}
            index={index}
            labels={{
              original: t('reconstructions.pairs.original', { name: name(index) }),
              given: t('reconstructions.pairs.given', { name: name(index) }),
              reconstruction: t('reconstructions.pairs.reconstruction', { name: name(index) }),
              chart: t('reconstructions.pairs.chart', { name: name(index) }),
            }}
          />
          {differences && (
            <DifferenceView
              differences={differences.values}
              shape={originals.shape}
              index={index}
              scale={differences.scale}
              label={t('reconstructions.pairs.difference', { name: name(index) })}
            />
          )}
          {caption?.(index)}
        </div>
      ))}
    </div>
  );
}
