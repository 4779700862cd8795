import { useEffect, useState } from 'react';
import type { CallResult } from '../../shared/ipc/contract';
import { useData } from '../data/data-store';
import { SampleView } from '../data/sample-view';
import { messageOf } from '../state/messages';
import { t } from '../strings/strings';
import styles from './sample-preview.module.css';

/** How many samples are shown, side by side. */
export const PREVIEWED = 4;
/** While a setting is still being changed, nothing is asked for. */
const WAIT_MS = 250;

type SampleBlock = CallResult<'data.corrupted'>['originals'];

/** One row of samples; their labels are numbered. */
export interface PreviewRow {
  readonly label: string;
  readonly samples: SampleBlock;
  /** Which sample of the block is the first of the row. */
  readonly from?: number;
}

interface SamplePreviewProps {
  /** Gets the rows from the engine; asked anew whenever it is another function. */
  readonly ask: (datasetId: string) => Promise<readonly PreviewRow[]>;
}

/** Real samples of the data that are loaded, and below each what is made of it. */
export function SamplePreview({ ask }: SamplePreviewProps) {
  const datasetId = useData((state) => state.dataset?.datasetId ?? null);
  const [rows, setRows] = useState<readonly PreviewRow[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    if (datasetId === null) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      ask(datasetId).then(
        (found) => {
          if (!isCurrent) return;
          setRows(found);
          setRefusal(null);
        },
        (error: unknown) => isCurrent && setRefusal(messageOf(error).message),
      );
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [ask, datasetId]);

  if (refusal) return <p className={styles.text}>{refusal}</p>;
  if (!rows) {
    return <p className={styles.text}>{t(datasetId === null ? 'preview.noData' : 'preview.waiting')}</p>;
  }
  const count = Math.min(PREVIEWED, rows[0]?.samples.count ?? 0);
  return (
    <div className={styles.grid}>
      {Array.from({ length: count }, (_, index) => index).map((index) => (
        <div key={`sample ${index}`} className={styles.column}>
          {rows.map(({ label, samples, from = 0 }) => (
            <SampleView key={label} {...samples} index={from + index} label={`${label} ${index + 1}`} />
          ))}
        </div>
      ))}
    </div>
  );
}
