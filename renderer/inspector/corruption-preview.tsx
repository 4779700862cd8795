import { useEffect, useState } from 'react';
import type { CallResult } from '../../shared/ipc/contract';
import { useData } from '../data/data-store';
import { SampleView } from '../data/sample-view';
import { useDocument } from '../state/document-store';
import { messageOf } from '../state/messages';
import { call } from '../state/session-store';
import styles from './corruption-preview.module.css';
import { Section } from './field';

const COUNT = 4;
/** While a parameter is still being changed, nothing is asked for. */
const WAIT_MS = 250;

type Preview = CallResult<'data.corrupted'>;

/** Real samples, and under each what a corrupting block makes of it. */
export function CorruptionPreview({ blockId }: { readonly blockId: string }) {
  const document = useDocument((state) => state.history.present);
  const datasetId = useData((state) => state.dataset?.datasetId ?? null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    if (datasetId === null) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      call('data.corrupted', { datasetId, document: { ...document }, blockId, count: COUNT }).then(
        (found) => {
          if (!isCurrent) return;
          setPreview(found);
          setRefusal(null);
        },
        (error: unknown) => isCurrent && setRefusal(messageOf(error).message),
      );
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [document, datasetId, blockId]);

  return (
    <Section title="Preview">
      {refusal && <p className={styles.text}>{refusal}</p>}
      {!refusal && !preview && (
        <p className={styles.text}>
          {datasetId === null ? 'Shown once data are loaded.' : 'Drawing samples …'}
        </p>
      )}
      {!refusal && preview && (
        <div className={styles.grid}>
          {Array.from({ length: preview.originals.count }, (_, index) => index).map((index) => (
            <div key={`sample ${index}`} className={styles.pair}>
              <SampleView {...preview.originals} index={index} label={`Sample ${index + 1}`} />
              <SampleView {...preview.corrupted} index={index} label={`Corrupted ${index + 1}`} />
            </div>
          ))}
        </div>
      )}
    </Section>
  );
}
