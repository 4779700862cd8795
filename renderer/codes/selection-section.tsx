import { ActionIcon, Button, Select } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CallResult } from '../../shared/ipc/contract';
import { isPicture } from '../../shared/tensors/shape';
import { SamplePair } from '../data/sample-pair';
import { sentenceOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { type Cloud, classLabels, labelAt } from './cloud';
import styles from './code-panel.module.css';
import { chooseSample, useCodes } from './code-store';
import { ClassMark, labelCounts, nameOf } from './map-legend';
import { selectPlaces, useMap } from './map-store';

const PAGE = 16;

/** The samples that were brushed, over what the model makes of them, and how many there are of each label. */
export function SelectionSection() {
  const cloud = useCodes((state) => state.cloud);
  const selected = useMap((state) => state.selected);
  const [page, setPage] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection begins at its first page
  useEffect(() => setPage(0), [selected]);
  if (!cloud) return null;
  const labels = classLabels(cloud);
  const pages = Math.ceil(selected.length / PAGE);
  const from = PAGE * Math.min(page, Math.max(0, pages - 1));
  return (
    <>
      <div className={styles.line}>
        <span data-fill role="status">
          {selected.length > 0
            ? t('codes.selected.count', { count: selected.length, total: cloud.count.toLocaleString('en') })
            : t('codes.selected.none')}
        </span>
        {labels.length > 0 && (
          <Select
            w={118}
            aria-label={t('codes.selected.byLabel')}
            placeholder={t('codes.selected.choose')}
            data={labels.map((label) => ({ value: String(label), label: nameOf(cloud, label) }))}
            value={null}
            onChange={(value) => value !== null && selectPlaces(placesOf(cloud, Number(value)))}
          />
        )}
        {selected.length > 0 && (
          <Button variant="default" onClick={() => selectPlaces([])}>
            {t('codes.selected.clear')}
          </Button>
        )}
      </div>
      {selected.length === 0 && <p className={styles.note}>{t('codes.selected.how')}</p>}
      {selected.length > 0 && (
        <>
          <Counts cloud={cloud} selected={selected} />
          <Pairs cloud={cloud} places={selected.slice(from, from + PAGE)} />
          {pages > 1 && (
            <div className={styles.line}>
              <ActionIcon
                aria-label={t('codes.selected.before')}
                disabled={from === 0}
                onClick={() => setPage(from / PAGE - 1)}
              >
                <ChevronLeft size={14} />
              </ActionIcon>
              <span>
                {t('codes.selected.page', {
                  from: from + 1,
                  to: Math.min(from + PAGE, selected.length),
                  total: selected.length.toLocaleString('en'),
                })}
              </span>
              <ActionIcon
                aria-label={t('codes.selected.next')}
                disabled={from + PAGE >= selected.length}
                onClick={() => setPage(from / PAGE + 1)}
              >
                <ChevronRight size={14} />
              </ActionIcon>
            </div>
          )}
        </>
      )}
    </>
  );
}

function placesOf({ labels }: Cloud, label: number): number[] {
  return [...(labels ?? [])].flatMap((own, place) => (own === label ? [place] : []));
}

function Counts({ cloud, selected }: { readonly cloud: Cloud; readonly selected: readonly number[] }) {
  const labels = classLabels(cloud);
  if (labels.length === 0) return null;
  const counts = [...labelCounts(cloud, selected)].sort(([, a], [, b]) => b - a);
  return (
    <ul className={styles.counts} aria-label={t('codes.selected.counts')}>
      {counts.map(([label, count]) => (
        <li key={label}>
          <ClassMark index={labels.indexOf(label)} />
          {nameOf(cloud, label)} {count}
        </li>
      ))}
    </ul>
  );
}

function Pairs({ cloud, places }: { readonly cloud: Cloud; readonly places: readonly number[] }) {
  const sample = useCodes((state) => state.sample);
  const [shown, setShown] = useState<{
    readonly places: readonly number[];
    readonly samples: CallResult<'run.codeSamples'>;
  } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const key = places.join();
  const { runId, step } = cloud;
  // biome-ignore lint/correctness/useExhaustiveDependencies: newer weights make other reconstructions
  useEffect(() => {
    let wanted = true;
    const asked = key.split(',').map(Number);
    call('run.codeSamples', { runId, places: asked }).then(
      (samples) => {
        if (!wanted) return;
        setShown({ places: asked, samples });
        setFailure(null);
      },
      (error: unknown) => wanted && setFailure(sentenceOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [runId, step, key]);
  if (failure) {
    return (
      <p className={styles.note} role="alert">
        {failure}
      </p>
    );
  }
  if (!shown) return <p className={styles.note}>{t('codes.selected.fetching')}</p>;
  return (
    <ul
      className={styles.samples}
      data-vectors={!isPicture(shown.samples.originals.shape)}
      aria-label={t('codes.selected.name')}
    >
      {shown.places.map((place, index) => {
        const name = t('codes.sample', { number: place + 1 });
        const label = labelAt(cloud, place);
        return (
          <li key={place}>
            <button
              type="button"
              className={styles.pair}
              title={label === null ? name : `${name}: ${label}`}
              aria-label={label === null ? name : `${name}, ${label}`}
              aria-pressed={place === sample}
              onClick={() => chooseSample(place)}
            >
              <SamplePair
                samples={shown.samples}
                index={index}
                labels={{
                  original: t('codes.selected.original', { name }),
                  given: t('codes.selected.given', { name }),
                  reconstruction: t('codes.selected.reconstruction', { name }),
                  chart: t('codes.selected.chart', { name }),
                }}
              />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
