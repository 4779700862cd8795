import { Button, NumberInput, Select, TextInput, Tooltip } from '@mantine/core';
import { Pause, Play, Square } from 'lucide-react';
import { useMemo } from 'react';
import { elbowOf } from '../../shared/sweeps/elbow';
import panel from '../app/panel.module.css';
import { TermLabel } from '../glossary/term-mark';
import { ChartKey } from '../run/chart-key';
import { formatDuration, formatError } from '../run/format';
import { togglePause } from '../run/run-actions';
import { useRun } from '../run/run-store';
import { useDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { shortDate } from './run-columns';
import { useRuns } from './runs-store';
import { SweepChart } from './sweep-chart';
import styles from './sweep-panel.module.css';
import {
  sizesOf,
  startSweep,
  stopSweep,
  sweepErrors,
  sweepsIn,
  takeSize,
  useOtherRun,
  useSweep,
} from './sweep-store';

/** Several code sizes trained with one click: the error of each beside PCA's, and the size that is suggested. */
export function SweepPanel() {
  const listed = useRuns((state) => state.listed);
  const shown = useSweep((state) => state.shown);
  const sweeps = useMemo(() => sweepsIn(listed?.runs ?? []), [listed]);
  const sweep = useSweep((state) => state.sweep);
  const isNew = shown !== null && shown === sweep?.sweepId && !sweeps.some(({ id }) => id === shown);
  const found = isNew ? null : (sweeps.find(({ id }) => id === shown) ?? sweeps[0] ?? null);
  const runs = found?.runs ?? [];
  const elbow = useMemo(
    () =>
      elbowOf(
        (found?.runs ?? []).flatMap((run) => {
          const { own } = sweepErrors(run);
          return own === null ? [] : [{ size: run.codeSize, error: own }];
        }),
      ),
    [found],
  );
  const first = runs[0];
  return (
    <div className={styles.panel}>
      <div className={panel.side}>
        <SweepForm />
        {sweeps.length > 1 && (
          <Select
            label={t('sweeps.shown')}
            value={found?.id ?? null}
            data={sweeps.map(({ id, runs: own }) => ({
              value: id,
              label: `${own[0]?.document.name ?? ''}, ${shortDate(new Date(own[0]?.ended ?? 0), new Date())}, ${own.length}`,
            }))}
            onChange={(id) => useSweep.setState({ shown: id })}
          />
        )}
      </div>
      <div className={styles.middle}>
        <div className={styles.head}>
          <ChartKey colour="var(--hg-decoder)">{first?.document.name ?? t('sweeps.model')}</ChartKey>
          <ChartKey colour="var(--hg-code)" dashed>
            {t('sweeps.pca')}
          </ChartKey>
          {elbow !== null && (
            <span className={styles.elbow}>
              <TermLabel label="Elbow" shown={t('sweeps.suggested', { size: elbow })} />
            </span>
          )}
        </div>
        <div className={styles.plot}>
          <SweepChart runs={runs} elbow={elbow} />
          {runs.length === 0 && <div className={styles.hint}>{t('sweeps.hint')}</div>}
        </div>
      </div>
      <div className={styles.results}>
        <table className={styles.table} aria-label={t('sweeps.table')}>
          <thead>
            <tr>
              {(['size', 'error', 'pca', 'time'] as const).map((name) => (
                <th key={name} scope="col">
                  <TermLabel label={t(`sweeps.columns.${name}`)} />
                </th>
              ))}
              <th scope="col" aria-label={t('sweeps.columns.take')} />
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => {
              const { own, pca } = sweepErrors(run);
              const isElbow = run.codeSize === elbow;
              return (
                <tr key={run.id} data-elbow={isElbow}>
                  <th scope="row">
                    {run.codeSize}
                    {isElbow && <span title={t('sweeps.elbowHelp')}> ◦</span>}
                  </th>
                  <td data-beaten={own !== null && pca !== null && own < pca}>{formatError(own)}</td>
                  <td>{formatError(pca)}</td>
                  <td>
                    {run.ending === 'completed'
                      ? formatDuration(run.seconds)
                      : t(`runs.endings.${run.ending}`)}
                  </td>
                  <td>
                    <Button
                      variant={isElbow ? 'light' : 'default'}
                      aria-label={t('sweeps.takeLabel', { size: run.codeSize })}
                      onClick={() => takeSize(run.codeSize)}
                    >
                      {t('sweeps.take')}
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function SweepForm() {
  const { sweep, sizes, epochs, isStarting } = useSweep();
  const other = useOtherRun();
  const problems = useDrawing().problems;
  const untrainable = problems.some(({ severity }) => severity === 'error');
  const phase = useRun((state) => state.view?.phase);
  const isGoingOn = sweep?.state === 'running';
  const typed = sizesOf(sizes);
  if (isGoingOn || isStarting) {
    const done = sweep?.current ? sweep.sizes.indexOf(sweep.current.size) : 0;
    const paused = phase === 'paused';
    return (
      <>
        <div role="status" aria-label={t('sweeps.state')}>
          {sweep?.current
            ? t(paused ? 'sweeps.paused' : 'sweeps.going', {
                size: sweep.current.size,
                number: done + 1,
                count: sweep.sizes.length,
              })
            : t('sweeps.starting')}
        </div>
        <div className={styles.buttons}>
          <Button
            size="xs"
            variant="default"
            disabled={phase !== 'running' && phase !== 'paused'}
            leftSection={paused ? <Play size={13} /> : <Pause size={13} />}
            onClick={() => void togglePause()}
          >
            {t(paused ? 'sweeps.resume' : 'sweeps.pause')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<Square size={12} />}
            onClick={() => void stopSweep()}
          >
            {t('sweeps.stop')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <TextInput
        label={t('sweeps.sizes')}
        value={sizes}
        error={typed ? null : t('sweeps.sizesProblem')}
        onChange={(event) => useSweep.setState({ sizes: event.currentTarget.value })}
      />
      <NumberInput
        label={t('sweeps.epochs')}
        min={1}
        max={100_000}
        allowDecimal={false}
        value={epochs}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 1) useSweep.setState({ epochs: Math.round(value) });
        }}
      />
      <Tooltip label={t(untrainable ? 'sweeps.untrainable' : other ? 'sweeps.busy' : 'sweeps.startHelp')}>
        <Button
          size="xs"
          leftSection={<Play size={13} />}
          disabled={!typed || untrainable || other}
          onClick={() => void startSweep()}
        >
          {t('sweeps.start', { count: typed?.length ?? 0 })}
        </Button>
      </Tooltip>
      {sweep && (
        <div role="status" aria-label={t('sweeps.state')} className={styles.ended}>
          {t(`sweeps.ended.${sweep.state === 'running' ? 'completed' : sweep.state}`)}
        </div>
      )}
    </>
  );
}
