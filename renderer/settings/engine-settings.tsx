import { Button, Select } from '@mantine/core';
import { settingsSchema } from '../../shared/settings/settings';
import { ENGINE_NAMES } from '../app/engine-names';
import { runState } from '../run/run-actions';
import { useRun } from '../run/run-store';
import { messageOf, tell } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { Setting } from './setting';
import styles from './settings-dialog.module.css';
import { changeSettings, useSettings } from './settings-store';

/** Which engine trains, and with how many threads. */
export function EngineSettings() {
  return (
    <>
      <EngineChoice />
      <ThreadChoice />
    </>
  );
}

function EngineChoice() {
  const chosen = useSettings((state) => state.settings.engine);
  const report = useSession((state) => state.report);
  const fastest = report?.available[0];
  const optionOf = (name: 'tensorflow' | 'onnx') => {
    const here = report?.available.find((engine) => engine.name === name);
    return {
      value: name,
      label: here
        ? t('settings.engine.here', { name: ENGINE_NAMES[name], version: here.version })
        : t('settings.engine.absent', { name: ENGINE_NAMES[name] }),
      // One that was chosen stays to be seen, also where it has gone.
      disabled: report !== null && !here && chosen !== name,
    };
  };
  const missing = report?.missing ?? [];
  return (
    <Setting
      label={t('settings.engine.engine')}
      help={
        <>
          {t('settings.engine.engineHelp')}
          {missing.map(({ name, reason }) => (
            <div key={name}>{t('settings.engine.missing', { name: ENGINE_NAMES[name], reason })}</div>
          ))}
        </>
      }
    >
      {({ id, helpId }) => (
        <Select
          id={id}
          aria-describedby={helpId}
          w={300}
          data={[
            {
              value: 'automatic',
              label: fastest
                ? t('settings.engine.automaticNow', { name: ENGINE_NAMES[fastest.name] })
                : t('settings.engine.automatic'),
            },
            optionOf('tensorflow'),
            optionOf('onnx'),
          ]}
          value={chosen}
          onChange={(value) => {
            const engine = settingsSchema.shape.engine.safeParse(value);
            if (engine.success) void changeSettings({ engine: engine.data });
          }}
        />
      )}
    </Setting>
  );
}

const AUTOMATIC = 'automatic';

function ThreadChoice() {
  const threads = useSettings((state) => state.settings.threads);
  const report = useSession((state) => state.report);
  const cores = report?.cores ?? 1;
  const most = Math.max(cores, threads ?? 1);
  const running = report?.active.threads;
  const wanted = threads ?? cores;
  return (
    <Setting label={t('settings.engine.threads')} help={t('settings.engine.threadsHelp')}>
      {({ id, helpId }) => (
        <>
          <Select
            id={id}
            aria-describedby={helpId}
            w={300}
            data={[
              { value: AUTOMATIC, label: t('settings.engine.oneACore', { count: cores }) },
              ...Array.from({ length: most }, (_, place) => ({
                value: String(place + 1),
                label: t('settings.engine.threadCount', { count: place + 1 }),
              })),
            ]}
            value={threads === null ? AUTOMATIC : String(threads)}
            onChange={(value) =>
              void changeSettings({ threads: value === null || value === AUTOMATIC ? null : Number(value) })
            }
          />
          {running !== undefined && running !== wanted && <RestartNotice running={running} wanted={wanted} />}
        </>
      )}
    </Setting>
  );
}

/** The engine takes its threads when it is started. */
function RestartNotice({ running, wanted }: { readonly running: number; readonly wanted: number }) {
  useRun((state) => state.view?.phase);
  const training = runState() !== 'idle';
  return (
    <div className={styles.notice} role="status">
      <span>
        {t('settings.engine.restart', { running, wanted })}{' '}
        {training ? t('settings.engine.restartEndsRun') : t('settings.engine.restartForgets')}
      </span>
      <Button
        size="xs"
        variant="default"
        onClick={() => call('host.restartEngine', {}).catch((error: unknown) => tell(messageOf(error)))}
      >
        {t('settings.engine.restartNow')}
      </Button>
    </div>
  );
}
