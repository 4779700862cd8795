import { ActionIcon, Button, NumberInput, Popover, Tooltip } from '@mantine/core';
import { Play, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { documentFrom } from '../../shared/document/document-text';
import type { TrainingSettings } from '../../shared/document/graph-document';
import type { GoingOnChanges, KeptRun } from '../../shared/ipc/contract';
import { scheduleOf } from '../../shared/schedules/catalogue';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { messageOf, tell } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { goOn } from './go-on';
import styles from './go-on-section.module.css';

/** Goes on with a kept run that has a checkpoint: as it was, or otherwise, as a run of its own. */
export function GoOnSection({ run }: { readonly run: KeptRun }) {
  const [training, setTraining] = useState<TrainingSettings | null>(null);
  const isBusy = useRun(({ view }) => view !== null && !isOver(view.phase));
  const isUp = useSession(({ engine }) => engine.state === 'up');
  if (run.checkpoint === null) return null;
  const open = async () => {
    try {
      setTraining(documentFrom((await call('runs.open', { id: run.id })).document).training);
    } catch (error) {
      tell(messageOf(error));
    }
  };
  const begin = (changes?: GoingOnChanges) => {
    setTraining(null);
    void goOn({ from: 'kept', id: run.id, ...(changes && { changes }) });
  };
  const isComplete = run.ending === 'completed';
  // As it was it would come to the same end.
  const isHopeless = run.problemCode === 'NAN_LOSS';
  const mustChange = isHopeless || isComplete;
  const isRefused = isBusy || !isUp;
  return (
    <div className={styles.section}>
      {!mustChange && (
        <Tooltip label={isBusy ? t('interrupted.busy') : t('goOn.help', { step: count(run.checkpoint) })}>
          <Button
            size="xs"
            px={8}
            variant="default"
            leftSection={<Play size={12} />}
            disabled={isRefused}
            onClick={() => begin()}
          >
            {t('goOn.button')}
          </Button>
        </Tooltip>
      )}
      <Popover
        opened={training !== null}
        onChange={() => setTraining(null)}
        trapFocus
        withinPortal
        shadow="md"
      >
        <Popover.Target>
          {mustChange ? (
            <Button
              size="xs"
              px={8}
              variant="default"
              leftSection={<Play size={12} />}
              disabled={isRefused}
              onClick={() => void open()}
            >
              {t(isComplete ? 'goOn.trainOn' : 'goOn.changed')}
            </Button>
          ) : (
            <Tooltip label={t('goOn.otherwise')} disabled={training !== null}>
              <ActionIcon
                size={26}
                variant="default"
                aria-label={t('goOn.otherwise')}
                disabled={isRefused}
                onClick={() => void open()}
              >
                <SlidersHorizontal size={14} />
              </ActionIcon>
            </Tooltip>
          )}
        </Popover.Target>
        <Popover.Dropdown aria-label={t('goOn.otherwise')} p={10}>
          {training && (
            <Changes
              run={run}
              training={training}
              isHopeless={isHopeless}
              isComplete={isComplete}
              onBegin={begin}
            />
          )}
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

interface ChangesProps {
  readonly run: KeptRun;
  /** As the run had them. */
  readonly training: TrainingSettings;
  readonly isHopeless: boolean;
  readonly isComplete: boolean;
  readonly onBegin: (changes: GoingOnChanges) => void;
}

/** What a run is gone on with otherwise, and what that means. */
function Changes({ run, training, isHopeless, isComplete, onBegin }: ChangesProps) {
  const [more, setMore] = useState<string | number>(isComplete ? Math.min(10, training.epochs) : 0);
  const [rate, setRate] = useState<string | number>(
    isHopeless ? Number((training.learningRate / 10).toPrecision(3)) : training.learningRate,
  );
  const changes: GoingOnChanges = {
    ...(Number(more) > 0 && { moreEpochs: Math.round(Number(more)) }),
    ...(Number(rate) !== training.learningRate && { learningRate: Number(rate) }),
  };
  const isSound = Number(rate) > 0 && Number(rate) <= 100 && Number(more) >= 0;
  const isChanged = changes.moreEpochs !== undefined || changes.learningRate !== undefined;
  const isEnough = isComplete ? changes.moreEpochs !== undefined : isChanged;
  const canBegin = isSound && (isHopeless ? changes.learningRate !== undefined : isEnough);
  const done = isComplete ? run.epochs[0] : training.epochs;
  return (
    <form
      className={styles.changes}
      onSubmit={(event) => {
        event.preventDefault();
        if (canBegin) onBegin(changes);
      }}
    >
      {isComplete && (
        <p>
          {t('goOn.complete', {
            epochs: count(done),
            step: count(run.checkpoint ?? 0),
            size: sizeOf(run.checkpointBytes),
          })}
        </p>
      )}
      {isHopeless && <p>{t('goOn.failed', { step: count(run.steps), from: count(run.checkpoint ?? 0) })}</p>}
      <NumberInput
        label={t('goOn.moreEpochs')}
        min={0}
        max={100_000}
        allowDecimal={false}
        value={more}
        onChange={setMore}
      />
      <NumberInput
        label={t('goOn.learningRate')}
        min={0}
        max={100}
        step={training.learningRate / 10}
        value={rate}
        onChange={setRate}
      />
      <p>{meaningOf(changes, training, done)}</p>
      <Button type="submit" size="xs" disabled={!canBegin}>
        {t('goOn.button')}
      </Button>
    </form>
  );
}

/** How the run compares with one of these settings from the beginning. */
function meaningOf(
  { moreEpochs = 0, learningRate }: GoingOnChanges,
  training: TrainingSettings,
  done: number,
): string {
  const epochs = count(done + moreEpochs);
  if (learningRate !== undefined) return t('goOn.ofItsOwn');
  if (moreEpochs === 0)
    return t(done === training.epochs ? 'goOn.unchanged' : 'goOn.stoppedEarly', { epochs });
  if (done < training.epochs) return t('goOn.stoppedEarly', { epochs });
  return scheduleOf(training.schedule.type).spansRun
    ? t('goOn.stretched', { epochs })
    : t('goOn.asFromBeginning', { epochs });
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Number((bytes / 1e6).toPrecision(3))} MB`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
