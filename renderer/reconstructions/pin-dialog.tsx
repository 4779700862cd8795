import { ActionIcon, Modal } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CallResult } from '../../shared/ipc/contract';
import { useData } from '../data/data-store';
import { SampleView } from '../data/sample-view';
import { useDocument } from '../state/document-store';
import { sentenceOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { MOST_PINS, pin, pinKey, usePins } from './pins';
import styles from './reconstructions.module.css';

type Samples = CallResult<'data.samples'>;

const PAGE = 80;

/** Chooses which validation samples of the drawing's data are watched in every run. */
export function PinDialog({ onClose }: { readonly onClose: () => void }) {
  const dataset = useData((state) => state.dataset);
  const document = useDocument((state) => state.history.present);
  const key = pinKey(document);
  const pinned = usePins((state) => state.places[key]) ?? [];
  const [page, setPage] = useState(0);
  const [samples, setSamples] = useState<Samples | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const datasetId = dataset?.datasetId;
  useEffect(() => {
    if (!datasetId) return;
    let wanted = true;
    call('data.samples', { datasetId, split: 'validation', offset: page * PAGE, count: PAGE }).then(
      (result) => wanted && setSamples(result),
      (error: unknown) => wanted && setFailure(sentenceOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [datasetId, page]);
  const total = dataset?.counts.validation ?? 0;
  const first = page * PAGE;
  const names = new Map(dataset?.labels.map(({ label, name }) => [label, name]));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('reconstructions.chooseTitle')}
      size={720}
      centered
      transitionProps={{ duration: 0 }}
    >
      <div className={styles.dialogHead}>
        <span role="status">{t('reconstructions.chosen', { count: pinned.length, most: MOST_PINS })}</span>
        <span className={styles.pager}>
          <ActionIcon
            aria-label={t('reconstructions.previous')}
            disabled={page === 0}
            onClick={() => setPage(page - 1)}
          >
            <ChevronLeft size={15} />
          </ActionIcon>
          {t('reconstructions.page', {
            from: (total === 0 ? 0 : first + 1).toLocaleString('en'),
            to: Math.min(total, first + PAGE).toLocaleString('en'),
            total: total.toLocaleString('en'),
          })}
          <ActionIcon
            aria-label={t('reconstructions.next')}
            disabled={first + PAGE >= total}
            onClick={() => setPage(page + 1)}
          >
            <ChevronRight size={15} />
          </ActionIcon>
        </span>
      </div>
      {failure && <p role="alert">{failure}</p>}
      {(!dataset || total === 0) && <p>{t('reconstructions.noValidation')}</p>}
      <ul className={styles.choices} aria-label={t('reconstructions.validation')}>
        {Array.from({ length: samples?.count ?? 0 }, (_, index) => {
          const place = first + index;
          const on = pinned.includes(place);
          const name = names.get(samples?.labels[index] ?? -1);
          return (
            <li key={place}>
              <button
                type="button"
                className={styles.choice}
                aria-pressed={on}
                aria-label={t('reconstructions.sample', { number: place + 1, name: name ? `, ${name}` : '' })}
                disabled={!on && pinned.length >= MOST_PINS}
                onClick={() => pin(document, place, !on)}
              >
                {samples && (
                  <SampleView pixels={samples.pixels} shape={samples.shape} index={index} label="" />
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </Modal>
  );
}
