import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { FilePlus2, FolderOpen, GitCompare, Import, Trash2 } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import type { KeptRun } from '../../shared/ipc/contract';
import { openDialog } from '../app/dialog-store';
import { ENGINE_NAMES } from '../app/engine-names';
import panel from '../app/panel.module.css';
import { TakeElsewhere } from '../export/take-elsewhere';
import { t } from '../strings/strings';
import { compareWithDrawing } from './compare-store';
import { EncodeSection } from './encode-section';
import { GoOnSection } from './go-on-section';
import { goBackTo, openAsNew, openTrained } from './run-design';
import { RunFilm } from './run-film';
import { nameOfRun } from './run-name';
import { Origin } from './run-origin';
import styles from './runs-panel.module.css';
import { deleteRuns, useRuns } from './runs-store';
import { saveAsModelFile } from './save-run';

/** One kept run: what it was, and what can be done with its design and its weights. */
export function RunDetail({ run }: { readonly run: KeptRun }) {
  const model = { run: run.id };
  const runs = useRuns((state) => state.listed?.runs) ?? [];
  return (
    <section className={styles.detail} aria-label={t('runs.details')}>
      <div className={styles.headline}>
        <h3 className={styles.title}>{nameOfRun(run)}</h3>
        <Act
          subtle
          label={t('runs.delete')}
          help={t('runs.deleteHelp')}
          onClick={() => void deleteRuns([run])}
        >
          <Trash2 size={14} />
        </Act>
      </div>
      <div className={styles.actions}>
        <Tooltip label={t('runs.openTrainedHelp')}>
          <Button
            size="xs"
            px={8}
            leftSection={<FolderOpen size={12} />}
            disabled={run.steps === 0}
            onClick={() => void openTrained(run.id)}
          >
            {t('runs.openTrained')}
          </Button>
        </Tooltip>
        <TakeElsewhere
          model={model}
          name={nameOfRun(run) || run.id}
          disabled={run.steps === 0}
          onSave={() => void saveAsModelFile(run)}
        />
      </div>
      <EncodeSection model={model} />
      <div className={styles.actions}>
        <Tooltip label={t('runs.goBackHelp')}>
          <Button size="xs" px={8} variant="default" onClick={() => void goBackTo(run.id)}>
            {t('runs.goBack')}
          </Button>
        </Tooltip>
        <Act
          label={t('runs.openAsNew')}
          help={t('runs.openAsNewHelp')}
          onClick={() => void openAsNew(run.id)}
        >
          <FilePlus2 size={14} />
        </Act>
        <Act
          label={t('runs.useWeights')}
          help={t('runs.useWeightsHelp')}
          disabled={run.steps === 0}
          onClick={() => openDialog('weights', run.id)}
        >
          <Import size={14} />
        </Act>
        <Act
          label={t('compare.withDrawing')}
          help={t('compare.withDrawingHelp')}
          onClick={() => void compareWithDrawing(run.id)}
        >
          <GitCompare size={14} />
        </Act>
      </div>
      <GoOnSection run={run} />
      {run.problem && <p className={panel.failure}>{run.problem}</p>}
      <RunFilm id={run.id} />
      <dl className={panel.facts}>
        {run.parent && (
          <>
            <dt>{t('runs.facts.parent')}</dt>
            <dd>
              <Origin run={run} runs={runs} />
            </dd>
          </>
        )}
        {facts(run).map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

interface ActProps {
  readonly label: string;
  readonly help: string;
  readonly disabled?: boolean;
  /** Without a frame, for what is done seldom. */
  readonly subtle?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Act({ label, help, disabled = false, subtle = false, onClick, children }: ActProps) {
  return (
    <Tooltip label={help}>
      <ActionIcon
        size={26}
        variant={subtle ? 'subtle' : 'default'}
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function facts(run: KeptRun): readonly (readonly [string, string])[] {
  const { ending, ended, data, engine, seed, app, steps, parameterCount, startedFrom } = run;
  return [
    [
      t(`runs.endings.${ending}`),
      new Date(ended).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
    ],
    [t('runs.facts.data'), `${data.name}, ${data.trainCount.toLocaleString('en')}`],
    [t('runs.facts.parameters'), parameterCount.toLocaleString('en')],
    [t('runs.facts.steps'), steps.toLocaleString('en')],
    [t('runs.facts.seed'), String(seed)],
    ...(startedFrom ? [[t('runs.facts.startedFrom'), startText(startedFrom)] as const] : []),
    [t('runs.facts.engine'), `${ENGINE_NAMES[engine.name]} ${engine.version}`],
    [t('runs.facts.app'), app],
  ];
}

/** Where a run's first weights came from. */
function startText({ model, loaded, kept }: NonNullable<KeptRun['startedFrom']>): string {
  const count = (numbers: number) => numbers.toLocaleString('en');
  return [
    ...(model ? [t('runs.startedFrom', { name: model.name, weights: count(loaded) })] : []),
    ...(kept > 0 ? [t('runs.startedFromOwn', { weights: count(kept) })] : []),
  ].join('; ');
}
