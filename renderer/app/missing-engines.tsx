import { Button, Popover, Progress } from '@mantine/core';
import type { EngineReport } from '../../shared/ipc/contract';
import { messageOf, tell } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { ENGINE_NAMES } from './engine-names';
import { speedSentence } from './measured-speed';
import styles from './missing-engines.module.css';

type Missing = EngineReport['missing'][number];
type TensorFlowEvent = NonNullable<ReturnType<typeof useSession.getState>['tensorFlow']>;

/** In the status bar: what is known of the engines that are not here, and how to get them. */
export function MissingEngines() {
  const report = useSession((state) => state.report);
  const tensorFlow = useSession((state) => state.tensorFlow);
  const connected = useSession((state) => state.connection === 'open');
  if (!connected) return null;
  return report?.missing.map((missing) =>
    missing.name === 'tensorflow' && tensorFlow ? (
      <TensorFlow key="tensorflow" missing={missing} event={tensorFlow} />
    ) : (
      <Popover key={missing.name} position="top-start" shadow="md" width={380} withArrow>
        <Popover.Target>
          <button type="button" className={styles.button}>
            {t('engine.notInstalled', { engine: ENGINE_NAMES[missing.name] })}
          </button>
        </Popover.Target>
        <Popover.Dropdown className={styles.popover}>
          <p>{missing.reason}</p>
          <p>{missing.cure}</p>
        </Popover.Dropdown>
      </Popover>
    ),
  );
}

/** TensorFlow, which can be fetched from here: what it is good for, how the fetching goes, why it failed. */
function TensorFlow({ missing, event }: { readonly missing: Missing; readonly event: TensorFlowEvent }) {
  const share = shareOf(event);
  return (
    <Popover position="top-start" shadow="md" width={380} withArrow trapFocus>
      <Popover.Target>
        <button type="button" className={styles.button} data-state={event.state}>
          {buttonWords(event)}
          {event.state === 'fetching' && (
            <span className={styles.bar} aria-hidden>
              <span
                className={styles.done}
                data-unknown={share === null || undefined}
                style={share === null ? undefined : { width: `${100 * share}%` }}
              />
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.popover} aria-label={ENGINE_NAMES.tensorflow}>
        <h3>
          {t(event.state === 'fetching' ? 'engine.fetchingTitle' : 'engine.get')}
          {event.state === 'fetching' && <span className={styles.amount}>{megabytes(event)}</span>}
        </h3>
        <Content missing={missing} event={event} share={share} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface ContentProps {
  readonly missing: Missing;
  readonly event: TensorFlowEvent;
  readonly share: number | null;
}

function Content({ missing, event, share }: ContentProps) {
  switch (event.state) {
    case 'fetching':
      return (
        <>
          <Progress
            value={100 * (share ?? 1)}
            animated={share === null}
            size={5}
            aria-label={t('engine.stepProgress')}
          />
          <p role="status">{event.doing}</p>
          <p className={styles.soft}>{t('engine.meanwhile')}</p>
          <Button variant="default" size="xs" onClick={() => ask('host.cancelTensorFlow')}>
            {t('engine.cancel')}
          </Button>
        </>
      );
    case 'failed':
      return (
        <>
          <p role="alert" className={styles.failure}>
            {event.reason}
          </p>
          <p>{event.cure}</p>
          <p className={styles.soft}>{t('engine.onnxGoesOn')}</p>
          <Button variant="default" size="xs" onClick={() => ask('host.fetchTensorFlow')}>
            {t('engine.tryAgain')}
          </Button>
        </>
      );
    case 'absent':
    case 'ready': {
      // Ready, but missing to the engine: what lies here does not load, which fetching it anew may mend.
      const { reason, cure } = event.state === 'absent' ? event : missing;
      const allowed = event.state === 'ready' || event.allowed;
      return (
        <>
          <p>{speedSentence()}</p>
          <p>{reason}</p>
          <p className={styles.soft}>{cure}</p>
          {allowed && (
            <Button size="xs" onClick={() => ask('host.fetchTensorFlow')}>
              {t('engine.getWithSize')}
            </Button>
          )}
        </>
      );
    }
  }
}

function buttonWords(event: TensorFlowEvent): string {
  switch (event.state) {
    case 'fetching': {
      const amount = megabytes(event);
      return amount === '' ? t('engine.fetching') : t('engine.fetchingAmount', { amount });
    }
    case 'failed':
      return t('engine.failed');
    case 'absent':
    case 'ready':
      return t('engine.get');
  }
}

function shareOf(event: TensorFlowEvent): number | null {
  if (event.state !== 'fetching' || event.done === null || !event.total) return null;
  return Math.min(1, event.done / event.total);
}

/** `120 of 274 MB`, `312 MB`, or nothing where it is not known. */
function megabytes(event: Extract<TensorFlowEvent, { state: 'fetching' }>): string {
  if (event.done === null) return '';
  const done = Math.round(event.done / 1e6);
  if (!event.total) return t('engine.megabytes', { done });
  return t('engine.megabytesOf', { done, total: Math.round(event.total / 1e6) });
}

function ask(name: 'host.fetchTensorFlow' | 'host.cancelTensorFlow'): void {
  call(name, {}).catch((error: unknown) => tell(messageOf(error)));
}
