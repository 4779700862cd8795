import { Button, Loader } from '@mantine/core';
import { megabytes } from '../../shared/errors/sentence';
import { ENGINE_NAMES } from '../app/engine-names';
import { formatDuration } from '../run/format';
import { useDocument } from '../state/document-store';
import { checkDrawing, useCheck } from './check-store';
import styles from './problems-panel.module.css';

/** What a run of the drawing will take, as the last check has it, and the way to another check. */
export function CheckLine() {
  const { document, checked, refusal, going } = useCheck();
  const drawing = useDocument((state) => state.history.present);
  const isOfThis = document === drawing;
  return (
    <div className={styles.check}>
      <span className={styles.estimate} role="status" aria-label="Check">
        {going ? (
          <>
            <Loader size={11} /> Taking a few steps …
          </>
        ) : (
          textOf(isOfThis ? checked : null, isOfThis ? refusal?.message : undefined)
        )}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => (going ? going.abort() : void checkDrawing())}
      >
        {going ? 'Cancel' : 'Check'}
      </Button>
    </div>
  );
}

function textOf(
  checked: ReturnType<typeof useCheck.getState>['checked'],
  refusal: string | undefined,
): string {
  if (refusal !== undefined) return refusal;
  if (!checked) return 'A check tells what a run of this drawing takes, and what it starts from.';
  const { engine, secondsPerEpoch, epochs, bytes, parameters } = checked;
  const [one, all] = [secondsPerEpoch, secondsPerEpoch * epochs].map((seconds) =>
    seconds < 10 ? `${seconds.toPrecision(2)} s` : formatDuration(seconds),
  );
  return `About ${one} an epoch on ${ENGINE_NAMES[engine]}, ${all} for ${epochs}; at least ${megabytes(bytes)} of memory; ${parameters.toLocaleString('en')} parameters.`;
}
