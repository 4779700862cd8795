import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { FilePlus2, Import, Share, Trash2, Undo2 } from 'lucide-react';
import { Fragment } from 'react';
import type { KeptRun } from '../../shared/ipc/contract';
import { openDialog } from '../app/dialog-store';
import { ENGINE_NAMES } from '../app/engine-names';
import panel from '../app/panel.module.css';
import { openExport } from '../export/export-store';
import { t } from '../strings/strings';
import { EncodeSection } from './encode-section';
import { GoOnSection } from './go-on-section';
import { goBackTo, openAsNew } from './run-design';
import { RunFilm } from './run-film';
import { nameOfRun } from './run-name';
import styles from './runs-panel.module.css';
import { deleteRuns } from './runs-store';

/** One kept run: what it was, and the ways back to its design. */
export function RunDetail({ run }: { readonly run: KeptRun }) {
  return (
    <section className={styles.detail} aria-label={t('runs.details')}>
      <h3 className={styles.title}>{nameOfRun(run)}</h3>
      <div className={styles.actions}>
        <Tooltip label={t('runs.goBackHelp')}>
          <Button size="xs" px={8} leftSection={<Undo2 size={12} />} onClick={() => void goBackTo(run.id)}>
            {t('runs.goBack')}
          </Button>
        </Tooltip>
        <Tooltip label={t('runs.openAsNewHelp')}>
          <ActionIcon
            size={26}
            variant="default"
            aria-label={t('runs.openAsNew')}
            onClick={() => void openAsNew(run.id)}
          >
            <FilePlus2 size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('runs.useWeightsHelp')}>
          <ActionIcon
            size={26}
            variant="default"
            aria-label={t('runs.useWeights')}
            disabled={run.steps === 0}
            onClick={() => openDialog('weights', run.id)}
          >
            <Import size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('runs.exportHelp')}>
          <ActionIcon
            size={26}
            variant="default"
            aria-label={t('runs.export')}
            disabled={run.steps === 0}
            onClick={() => openExport(run.id)}
          >
            <Share size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('runs.deleteHelp')}>
          <ActionIcon
            size={26}
            variant="default"
            aria-label={t('runs.delete')}
            onClick={() => void deleteRuns([run])}
          >
            <Trash2 size={14} />
          </ActionIcon>
        </Tooltip>
      </div>
      <EncodeSection run={run} />
      <GoOnSection run={run} />
      {run.problem && <p className={panel.failure}>{run.problem}</p>}
      <RunFilm id={run.id} />
      <dl className={panel.facts}>
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
