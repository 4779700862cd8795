import { Button, Loader } from '@mantine/core';
import { megabytes } from '../../shared/errors/sentence';
import { ENGINE_NAMES } from '../app/engine-names';
import { formatDuration, formatError } from '../run/format';
import { type TargetLine, useTargetLine } from '../run/target-line';
import { useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import { checkDrawing, useCheck } from './check-store';
import styles from './problems-panel.module.css';

/** What a run of the drawing will take, as the last check has it, and the way to another check. */
export function CheckLine() {
  const { document, checked, refusal, going } = useCheck();
  const drawing = useDocument((state) => state.history.present);
  const isOfThis = document === drawing;
  const target = useTargetLine();
  return (
    <div className={styles.check}>
      <span className={styles.estimate} role="status" aria-label={t('check.check')}>
        {going ? (
          <>
            <Loader size={11} /> {t('check.going')}
          </>
        ) : (
          <>
            {textOf(isOfThis ? checked : null, isOfThis ? refusal?.message : undefined)}
            {isOfThis && checked && target?.line && ` ${toBeat(target.line)}`}
          </>
        )}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => (going ? going.abort() : void checkDrawing())}
      >
        {t(going ? 'check.cancel' : 'check.check')}
      </Button>
    </div>
  );
}

function textOf(
  checked: ReturnType<typeof useCheck.getState>['checked'],
  refusal: string | undefined,
): string {
  if (refusal !== undefined) return refusal;
  if (!checked) return t('check.untold');
  const { engine, secondsPerEpoch, epochs, stages, bytes, parameters } = checked;
  const taken = { memory: megabytes(bytes), parameters: parameters.toLocaleString('en') };
  if (secondsPerEpoch === null) return t('check.untimed', taken);
  const values = {
    ...taken,
    one: secondsText(secondsPerEpoch),
    engine: ENGINE_NAMES[engine],
    all: secondsText(secondsPerEpoch * epochs),
    epochs,
  };
  if (!stages) return t('check.takes', values);
  const before = stages.reduce((sum, stage) => sum + stage.epochs * stage.secondsPerEpoch, 0);
  return t('check.takesWithStages', {
    ...values,
    before: secondsText(before),
    stages: stages.map(({ block }) => block).join(', '),
    stageEpochs: stages.reduce((sum, stage) => sum + stage.epochs, 0),
  });
}

function toBeat({ components, validation: { loss, mse } }: NonNullable<TargetLine['line']>): string {
  return t('check.toBeat', { components, loss: formatError(loss), mse: formatError(mse) });
}

function secondsText(seconds: number): string {
  return seconds < 10 ? `${seconds.toPrecision(2)} s` : formatDuration(seconds);
}
