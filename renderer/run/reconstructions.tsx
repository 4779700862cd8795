import { isPicture } from '../../shared/tensors/shape';
import { SamplePair } from '../data/sample-pair';
import { useDocument } from '../state/document-store';
import { ChartKey } from './chart-key';
import { OwnFile } from './own-file';
import { OwnPicture } from './own-picture';
import styles from './run-panel.module.css';
import type { RunView } from './run-record';
import { VariationalView } from './variational-view';

const SHOWN_PAIRS = 16;
const PAIR_KEYS = Array.from({ length: SHOWN_PAIRS }, (_, index) => `pair ${index + 1}`);

/** Validation samples and what the model makes of them. */
export function Reconstructions({ view }: { readonly view: RunView | null }) {
  const shown = view?.reconstructions ?? null;
  const drawn = useDocument((state) => state.history.present.data.shape);
  const vectors = !isPicture(shown?.originals.shape ?? drawn);
  const count = shown ? Math.min(shown.originals.count, shown.reconstructions.count) : 0;
  return (
    <section className={styles.pictures} aria-label="Reconstructions">
      <div className={styles.picturesHead}>
        {vectors ? (
          <span className={styles.keys}>
            <ChartKey colour="var(--hg-encoder)">Validation samples</ChartKey>
            <ChartKey colour="var(--hg-decoder)">Reconstructions</ChartKey>
          </span>
        ) : (
          <span>
            {shown?.seen
              ? 'Validation samples, what the model is given, what it makes of it'
              : 'Validation samples over their reconstructions'}
          </span>
        )}
        <span data-updates={view?.reconstructionUpdates ?? 0}>{shown ? `step ${shown.step}` : ''}</span>
      </div>
      <div className={styles.grid} data-vectors={vectors}>
        {PAIR_KEYS.map((key, index) =>
          shown && index < count ? (
            <Pair key={key} shown={shown} index={index} />
          ) : (
            <div key={key} className={styles.empty} />
          ),
        )}
      </div>
      <VariationalView view={view} />
      {shown && vectors ? (
        <OwnFile completed={view?.phase === 'completed'} />
      ) : (
        <OwnPicture
          runId={view && view.runId !== '' && view.phase !== 'starting' ? view.runId : null}
          shape={shown?.originals.shape ?? null}
        />
      )}
    </section>
  );
}

interface PairProps {
  readonly shown: NonNullable<RunView['reconstructions']>;
  readonly index: number;
}

/** A sample and what the model makes of it: pictures one over the other, vectors in one chart. */
function Pair({ shown, index }: PairProps) {
  const number = index + 1;
  const labels = {
    original: `Original ${number}`,
    given: `Given ${number}`,
    reconstruction: `Reconstruction ${number}`,
    chart: `Sample ${number} and its reconstruction`,
  };
  const pair = <SamplePair samples={shown} index={index} labels={labels} />;
  return isPicture(shown.originals.shape) ? <div className={styles.pair}>{pair}</div> : pair;
}
