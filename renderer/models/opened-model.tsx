import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { openDialog } from '../app/dialog-store';
import { TakeElsewhere } from '../export/take-elsewhere';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { EncodeSection } from '../runs/encode-section';
import { currentDocument, useDocument } from '../state/document-store';
import { t } from '../strings/strings';
import styles from './opened-model.module.css';
import { type OpenedModel, relinkData, showModel, trainOn, useModel } from './opened-model-store';

/** What the drawing's file brought along: its weights, and what can be done with them. */
export function OpenedModelNote() {
  const model = useModel((state) => state.model);
  const opened = useDocument((state) => state.opened);
  const view = useRun((state) => state.view);
  if (!model || model.opened !== opened) return null;
  const idle = view === null || isOver(view.phase);
  const choice = { opened: model.about.modelId };
  const isShown = model.state === 'shown' && view?.runId === model.runId;
  return (
    <section className={styles.note} aria-label={t('models.section')}>
      <div className={styles.facts}>{factsOf(model)}</div>
      {model.state === 'loading' && <div role="status">{t('models.loading')}</div>}
      {isShown && model.data === 'other' && (
        <div role="status" className={styles.refusal}>
          {t('models.onOther')}
        </div>
      )}
      {isShown && model.data === 'none' && <div role="status">{t('models.withoutData')}</div>}
      {model.state !== 'loading' && model.refusal && (
        <div role="status" className={styles.refusal} title={model.refusal.hint}>
          {model.refusal.message}
        </div>
      )}
      {idle && (
        <div className={styles.actions}>
          {isShown && model.data === 'own' && <TrainOn />}
          {((model.refusal && MISSING.has(model.refusal.code)) || model.data !== 'own') && (
            <Button size="xs" variant="default" onClick={() => void relinkData()}>
              {t('models.chooseData')}
            </Button>
          )}
          {!isShown && model.state !== 'loading' && (
            <Button size="xs" variant="default" onClick={() => void showModel()}>
              {t('models.show')}
            </Button>
          )}
        </div>
      )}
      <div className={styles.actions}>
        <TakeElsewhere model={choice} name={currentDocument().name} onSave={() => openDialog('save-model')} />
      </div>
      <EncodeSection model={choice} />
    </section>
  );
}

/** What other data than those at hand may mend. */
const MISSING: ReadonlySet<string> = new Set(['MODEL_DATA_MISSING', 'MODEL_OTHER_DATA', 'OTHER_DATA_SHAPE']);

function factsOf({ about, keptRun }: OpenedModel): string {
  const { data, epochs } = about;
  const trained = t(keptRun === null ? 'models.trained' : 'models.trainedRun', { count: epochs });
  return data ? `${trained} ${t('models.on', { name: data.name })}` : trained;
}

function TrainOn() {
  const [more, setMore] = useState(10);
  return (
    <>
      <NumberInput
        size="xs"
        w={44}
        aria-label={t('models.moreEpochs')}
        min={1}
        max={100_000}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        value={more}
        onChange={(value) => typeof value === 'number' && setMore(value)}
      />
      <span className={styles.unit}>{t('models.epochs')}</span>
      <Button size="xs" variant="default" px={8} onClick={() => void trainOn(more)}>
        {t('models.trainOn')}
      </Button>
    </>
  );
}
