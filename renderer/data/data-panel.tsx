import { ActionIcon, Button, Progress, SegmentedControl, Select } from '@mantine/core';
import { ChevronLeft, ChevronRight, FolderOpen } from 'lucide-react';
import { Fragment, useEffect, useState } from 'react';
import type { CallResult, DatasetSummary } from '../../shared/ipc/contract';
import { formatShape } from '../../shared/tensors/shape';
import panel from '../app/panel.module.css';
import { TermLabel } from '../glossary/term-mark';
import { Section } from '../inspector/field';
import { useDocument } from '../state/document-store';
import { sentenceOf } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { builtinSets, isBuiltinSet } from './builtin-sets';
import { chooseDataFiles } from './choose-files';
import styles from './data-panel.module.css';
import { cancelLoading, chooseData, dismissRefusal, tryAgain, useData } from './data-store';
import { FilterSettings } from './filter-settings';
import { isSameSource, useMeantReference } from './meant-data';
import { SampleView } from './sample-view';
import { ScalingField, SeriesField, TableSettings } from './table-settings';

type Split = keyof DatasetSummary['counts'];
type Samples = CallResult<'data.samples'>;

const SPLITS: readonly { readonly value: Split; readonly label: string }[] = (
  ['train', 'validation', 'test', 'held-out', 'excluded'] as const
).map((value) => ({ value, label: t(`data.splits.${value}`) }));
const PAGE = 60;

/** Chooses the data, says what they are, and lets the user look at them. */
export function DataPanel() {
  const dataset = useData((state) => state.dataset);
  return (
    <div className={styles.panel}>
      <div className={panel.side}>
        <Source />
        <Loading />
        <Failure />
        {dataset && <Facts dataset={dataset} />}
        <Settings dataset={dataset} />
      </div>
      {dataset ? <Browse key={dataset.datasetId} dataset={dataset} /> : <NoData />}
    </div>
  );
}

function Source() {
  const present = useDocument((state) => state.history.present.data);
  const data = useData((state) => state.loading?.wanted) ?? present;
  const file = data.kind === 'builtin' ? null : data.path;
  const options = Object.entries(builtinSets).map(([value, { label }]) => ({
    value,
    label,
  }));
  return (
    <div className={styles.sources}>
      <Select
        className={styles.grow}
        aria-label={t('data.set')}
        data={[
          { group: t('data.builtIn'), items: options },
          ...(file === null ? [] : [{ group: t('data.files'), items: [{ value: 'file', label: file }] }]),
        ]}
        value={data.kind === 'builtin' ? data.name : 'file'}
        onChange={(value) =>
          value !== null && isBuiltinSet(value) && chooseData(builtinSets[value].reference)
        }
      />
      <Button
        size="xs"
        px={8}
        variant="default"
        leftSection={<FolderOpen size={13} />}
        onClick={() => void chooseDataFiles()}
      >
        {t('data.chooseFiles')}
      </Button>
    </div>
  );
}

function Loading() {
  const loading = useData((state) => state.loading);
  if (!loading) return null;
  const { progress } = loading;
  const share = progress && progress.total > 0 ? (100 * progress.done) / progress.total : 0;
  return (
    <div className={styles.loading}>
      <span role="status">
        {progress
          ? t('data.progress', {
              stage: progress.stage,
              done: progress.done.toLocaleString('en'),
              total: progress.total.toLocaleString('en'),
              unit: progress.unit,
            })
          : t('data.loadingData')}
      </span>
      <Button variant="subtle" onClick={cancelLoading}>
        {t('data.cancel')}
      </Button>
      <Progress value={share} size={5} aria-label={t('data.loading')} style={{ gridColumn: '1 / -1' }} />
    </div>
  );
}

/** Why there are no data, or why those just chosen were not taken; and what can be done about it. */
function Failure() {
  const failure = useData((state) => state.refusal ?? state.failure);
  const refused = useData((state) => state.refusal !== null);
  const loading = useData((state) => state.loading !== null);
  if (!failure || loading) return null;
  return (
    <div className={panel.failure} role="alert">
      <p>{failure.message}</p>
      {failure.hint && <p className={styles.note}>{failure.hint}</p>}
      {failure.skippable && (
        <Button variant="subtle" onClick={() => tryAgain(failure, true)}>
          {t('data.skipBroken')}
        </Button>
      )}
      <Button variant="subtle" onClick={() => tryAgain(failure)}>
        {failure.held ? t('share.openData') : t('data.tryAgain')}
      </Button>
      {refused ? (
        <Button variant="subtle" onClick={dismissRefusal}>
          {t('data.keep')}
        </Button>
      ) : (
        <Button variant="subtle" onClick={() => void chooseDataFiles()}>
          {t('data.chooseOther')}
        </Button>
      )}
    </div>
  );
}

function Facts({ dataset }: { readonly dataset: DatasetSummary }) {
  const { counts, range, labels } = dataset;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <dl className={panel.facts} aria-label={t('data.about')}>
        <dt>{t('data.samples')}</dt>
        <dd>{total.toLocaleString('en')}</dd>
        <dt>{t('data.splits.train')}</dt>
        <dd>{counts.train.toLocaleString('en')}</dd>
        <dt>
          <TermLabel label={t('data.splits.validation')} />
        </dt>
        <dd>{counts.validation.toLocaleString('en')}</dd>
        {KEPT_APART.filter(({ value }) => counts[value] > 0).map(({ value, label }) => (
          <Fragment key={value}>
            <dt>
              <TermLabel label={label} />
            </dt>
            <dd>{counts[value].toLocaleString('en')}</dd>
          </Fragment>
        ))}
        <dt>
          <TermLabel label={t('data.shape')} />
        </dt>
        <dd>{formatShape(dataset.shape)}</dd>
        <dt>{t('data.range')}</dt>
        <dd>
          {t('data.rangeOf', {
            type: dataset.dtype,
            least: formatValue(range[0]),
            most: formatValue(range[1]),
          })}
        </dd>
        {labels.length > 0 && (
          <>
            <dt>{t('data.labels')}</dt>
            <dd title={labels.map(labelLine).join('\n')}>
              {labels.length}: {labels.map(({ name }) => name).join(', ')}
            </dd>
          </>
        )}
      </dl>
      {dataset.notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </>
  );
}

/** Not to be trained on or validated with; shown where there are any. */
const KEPT_APART = SPLITS.slice(2);

function labelLine({ name, count, used }: DatasetSummary['labels'][number]): string {
  return t('data.labelLine', { name, all: count.toLocaleString('en'), used: used.toLocaleString('en') });
}

/** How the data are read and which of them are used; of what could not be taken over, if that is a table. */
function Settings({ dataset }: { readonly dataset: DatasetSummary | null }) {
  const present = useDocument((state) => state.history.present.data);
  const reference = useMeantReference();
  const known = isSameSource(reference, present) ? dataset : null;
  const numbers = known?.dtype === 'float32';
  return (
    <div className={styles.settings}>
      {reference.kind === 'table' && (
        <Section title={t('data.table')}>
          <TableSettings reference={reference} columns={known?.columns ?? null} />
        </Section>
      )}
      {reference.kind === 'npy' && (
        <>
          <SeriesField
            series={reference.series ?? false}
            onChange={(series) => chooseData({ ...reference, series })}
          />
          {(numbers || reference.scaling) && <ScalingField reference={reference} />}
        </>
      )}
      <Section title={t('data.used')}>
        <FilterSettings reference={reference} dataset={known} />
      </Section>
    </div>
  );
}

function formatValue(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function NoData() {
  const loading = useData((state) => state.loading);
  return <div className={styles.empty}>{t(loading ? 'data.soon' : 'data.none')}</div>;
}

function Browse({ dataset }: { readonly dataset: DatasetSummary }) {
  const [split, setSplit] = useState<Split>('train');
  const [page, setPage] = useState(0);
  const [samples, setSamples] = useState<Samples | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const { datasetId } = dataset;

  useEffect(() => {
    let wanted = true;
    call('data.samples', { datasetId, split, offset: page * PAGE, count: PAGE }).then(
      (result) => {
        if (!wanted) return;
        setSamples(result);
        setFailure(null);
      },
      (error: unknown) => wanted && setFailure(sentenceOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [datasetId, split, page]);

  const total = dataset.counts[split];
  const pages = Math.max(1, Math.ceil(total / PAGE));
  const names = new Map(dataset.labels.map(({ label, name }) => [label, name]));
  const first = page * PAGE;
  return (
    <div className={styles.browse}>
      <div className={styles.head}>
        <SegmentedControl
          aria-label={t('data.split')}
          data={SPLITS.filter(({ value }, place) => place < 3 || dataset.counts[value] > 0).map((option) => ({
            ...option,
            disabled: dataset.counts[option.value] === 0,
          }))}
          value={split}
          onChange={(value) => {
            setSplit(SPLITS.find((option) => option.value === value)?.value ?? 'train');
            setPage(0);
          }}
        />
        <div className={styles.pager}>
          <ActionIcon
            aria-label={t('data.previousPage')}
            disabled={page === 0}
            onClick={() => setPage(page - 1)}
          >
            <ChevronLeft size={15} />
          </ActionIcon>
          <span>
            {t('data.page', {
              first: (first + 1).toLocaleString('en'),
              last: Math.min(total, first + PAGE).toLocaleString('en'),
              total: total.toLocaleString('en'),
            })}
          </span>
          <ActionIcon
            aria-label={t('data.nextPage')}
            disabled={page >= pages - 1}
            onClick={() => setPage(page + 1)}
          >
            <ChevronRight size={15} />
          </ActionIcon>
        </div>
      </div>
      {failure ? (
        <div className={styles.empty} role="alert">
          {failure}
        </div>
      ) : (
        <ul
          className={styles.grid}
          style={{ listStyle: 'none', margin: 0 }}
          aria-label={t('data.samples')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard too
          tabIndex={0}
        >
          {placesOf(samples?.count ?? 0, `${split} ${page}`).map((place, index) => {
            const label = samples?.labels[index];
            const name = label === undefined || label < 0 ? '' : (names.get(label) ?? String(label));
            return (
              <li key={place} className={styles.item}>
                {samples && (
                  <SampleView
                    pixels={samples.pixels}
                    shape={samples.shape}
                    index={index}
                    label={t(name ? 'data.sampleOf' : 'data.sample', { number: first + index + 1, name })}
                  />
                )}
                <div className={styles.label}>{name}</div>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

/** A page is replaced as a whole: its place is the only identity a sample has. */
function placesOf(count: number, page: string): string[] {
  return Array.from({ length: count }, (_, index) => `${page} ${index}`);
}
