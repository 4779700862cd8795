import { Button, Tooltip } from '@mantine/core';
import { Pause, Play, Square } from 'lucide-react';
import { withKeys } from '../app/keys';
import { checkDrawing } from '../problems/check-store';
import { useDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { startRun, stopRun, togglePause } from './run-actions';
import styles from './run-panel.module.css';
import { isOver, type RunView } from './run-record';

/** Train and check, or pause and stop. */
export function RunButtons({ view }: { readonly view: RunView | null }) {
  const over = view === null || isOver(view.phase);
  const paused = view?.phase === 'paused';
  const untrainable = useDrawing().problems.some((problem) => problem.severity === 'error');
  return (
    <div className={styles.buttons}>
      {over ? (
        <>
          <Tooltip
            label={
              untrainable ? t('run.buttons.untrainable') : withKeys(t('run.buttons.trainHelp'), 'run.train')
            }
          >
            <Button size="xs" leftSection={<Play size={13} />} onClick={() => void startRun()}>
              {t('run.buttons.train')}
            </Button>
          </Tooltip>
          <Tooltip label={t('run.buttons.checkHelp')}>
            <Button
              size="xs"
              variant="default"
              px={6}
              disabled={untrainable}
              onClick={() => void checkDrawing()}
            >
              {t('run.buttons.check')}
            </Button>
          </Tooltip>
        </>
      ) : (
        <>
          <Button
            size="xs"
            variant="default"
            px={6}
            disabled={view.phase === 'starting'}
            leftSection={paused ? <Play size={13} /> : <Pause size={13} />}
            onClick={() => void togglePause()}
          >
            {paused ? t('run.buttons.resume') : t('run.buttons.pause')}
          </Button>
          <Button
            size="xs"
            variant="default"
            px={6}
            disabled={view.runId === ''}
            leftSection={<Square size={12} />}
            onClick={() => void stopRun()}
          >
            {t('run.buttons.stop')}
          </Button>
        </>
      )}
    </div>
  );
}
