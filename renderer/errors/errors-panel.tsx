import { SegmentedControl, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import panel from '../app/panel.module.css';
import type { RunView } from '../run/run-record';
import { useRun } from '../run/run-store';
import { t } from '../strings/strings';
import { CompareSection } from './compare-section';
import { CutOffSection } from './cut-off-section';
import { anomalousGroup, normalGroup } from './error-groups';
import { ErrorHistogram } from './error-histogram';
import styles from './errors-panel.module.css';
import { loadErrors, useErrors } from './errors-store';
import { ExtremeSamples } from './extreme-samples';
import { GroupTable } from './group-table';
import { RocCurve } from './roc-curve';

/** The error of every sample that a run was measured on: how errors are spread, what a cut-off does, the extremes. */
export function ErrorsPanel() {
  const view = useRun((state) => state.view);
  const completed = view?.phase === 'completed' ? view.runId : null;
  const loaded = useErrors((state) => state.runId);
  const measured = useErrors((state) => state.groups.length > 0);
  const failure = useErrors((state) => state.failure);
  useEffect(() => {
    if (completed !== null) void loadErrors(completed);
  }, [completed]);

  if (completed === null) return <div className={styles.none}>{whyNone(view)}</div>;
  if (failure) {
    return (
      <div className={styles.none} role="alert">
        {failure.message} {failure.hint}
      </div>
    );
  }
  if (loaded === completed && !measured && view?.summary?.elsewhere === 'without data') return <WithoutOwn />;
  if (loaded !== completed || !measured) return <div className={styles.none}>{t('errors.fetching')}</div>;
  return (
    <div className={styles.panel}>
      <div className={panel.side}>
        <GroupTable />
        <CompareSection />
        <CutOffSection />
      </div>
      <ErrorHistogram />
      <Details runId={completed} />
    </div>
  );
}

/** Of a model whose data are not here: it can be measured on others. */
function WithoutOwn() {
  return (
    <div className={styles.panel}>
      <div className={panel.side}>
        <CompareSection />
      </div>
      <div className={styles.none}>{t('errors.withoutData')}</div>
    </div>
  );
}

function whyNone(view: RunView | null): string {
  if (!view) return t('errors.none');
  if (view.phase === 'stopped') return t('errors.noneStopped');
  if (view.phase === 'failed') return t('errors.noneFailed');
  return t('errors.noneYet');
}

type Detail = 'worst' | 'best' | 'roc';

/** The extremes of a group that is chosen, or the ROC curve. */
function Details({ runId }: { readonly runId: string }) {
  const groups = useErrors((state) => state.groups);
  const [detail, setDetail] = useState<Detail>('worst');
  const [chosen, setChosen] = useState<string | null>(null);
  const normal = normalGroup(groups);
  const anomalous = anomalousGroup(groups);
  const group = groups.find(({ name }) => name === chosen) ?? normal;
  const labelled = normal && anomalous ? { normal: normal.errors, anomalous: anomalous.errors } : null;
  const details: { value: Detail; label: string }[] = [
    { value: 'worst', label: t('errors.detail.worst') },
    { value: 'best', label: t('errors.detail.best') },
    ...(labelled ? [{ value: 'roc' as const, label: t('errors.detail.roc') }] : []),
  ];
  const shown = detail === 'roc' && !labelled ? 'worst' : detail;
  return (
    <section className={styles.details} aria-label={t('errors.detail.label')}>
      <div className={styles.detailsHead}>
        <SegmentedControl
          aria-label={t('errors.detail.choice')}
          data={details}
          value={shown}
          onChange={(value) => setDetail(details.find((each) => each.value === value)?.value ?? 'worst')}
        />
        {shown !== 'roc' && (
          <Select
            className={styles.groupChoice}
            aria-label={t('errors.detail.group')}
            data={groups.map(({ name, label }) => ({ value: name, label }))}
            value={group?.name ?? null}
            onChange={setChosen}
          />
        )}
      </div>
      {shown === 'roc' && labelled && <RocCurve errors={labelled} />}
      {shown !== 'roc' && group && <ExtremeSamples runId={runId} group={group} which={shown} />}
    </section>
  );
}
