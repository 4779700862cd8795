import { Button, Tooltip } from '@mantine/core';
import { Pause, Play, Square } from 'lucide-react';
import { withKeys } from '../app/keys';
import { checkDrawing } from '../problems/check-store';
import { useDrawing } from '../state/drawing';
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
              untrainable
                ? 'The drawing has problems; press to see the first.'
                : withKeys('Train the drawing', 'run.train')
            }
          >
            <Button size="xs" leftSection={<Play size={13} />} onClick={() => void startRun()}>
              Train
            </Button>
          </Tooltip>
          <Tooltip label="See what a run would take, and what it starts from, without training">
            <Button
              size="xs"
              variant="default"
              px={6}
              disabled={untrainable}
              onClick={() => void checkDrawing()}
            >
              Check
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
            {paused ? 'Resume' : 'Pause'}
          </Button>
          <Button
            size="xs"
            variant="default"
            px={6}
            disabled={view.runId === ''}
            leftSection={<Square size={12} />}
            onClick={() => void stopRun()}
          >
            Stop
          </Button>
        </>
      )}
    </div>
  );
}
