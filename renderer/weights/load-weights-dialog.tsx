import { Alert, Button, Checkbox, Modal, SegmentedControl } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { scalingOf } from '../../shared/document/data-reference';
import { takeNetwork } from '../../shared/document/edits';
import { isPart, startCounts, type WeightsPart } from '../../shared/plan/starting-weights';
import { closeDialog, useDialog } from '../app/dialog-store';
import { useDocument } from '../state/document-store';
import { shownDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { LayerStarts } from './layer-starts';
import { acceptChosen, beginChoosing, chosenPart, useLoadWeights } from './load-weights-store';
import { ModelList } from './model-list';
import { type OtherModel, startsFor, useLastRun } from './starting-store';
import styles from './weights.module.css';

/** Chooses another model, and what of it the next run begins with. */
export function LoadWeightsDialog() {
  const open = useDialog((state) => state.open === 'weights');
  const place = useDialog((state) => state.place);
  useEffect(() => {
    if (open) beginChoosing(place);
  }, [open, place]);
  return (
    <Modal
      opened={open}
      onClose={closeDialog}
      title={t('weights.title')}
      size="min(960px, calc(100vw - 40px))"
      yOffset={24}
      transitionProps={{ duration: 0 }}
    >
      <div className={styles.dialog}>
        <ModelList />
        <Choice />
      </div>
    </Modal>
  );
}

function Choice() {
  const { source, failure } = useLoadWeights();
  if (failure) {
    return (
      <Alert color="red" className={styles.message} role="alert">
        {[failure.message, failure.hint].filter(Boolean).join(' ')}
      </Alert>
    );
  }
  if (!source) return <p className={styles.nothing}>{t('weights.chooseOne')}</p>;
  return <Chosen source={source} />;
}

const PARTS = ['whole', 'encoder', 'decoder', 'blocks'] as const;

function Chosen({ source }: { readonly source: OtherModel }) {
  const state = useLoadWeights();
  const { takesBlocks, freezes, keepsOthers } = state;
  const present = useDocument(({ history }) => history.present);
  const document = useMemo(
    () => (takesBlocks ? takeNetwork(present, source.document) : present),
    [takesBlocks, present, source.document],
  );
  const last = useLastRun();
  const part: WeightsPart = chosenPart(state);
  const own = keepsOthers ? (last?.document ?? null) : null;
  const starts = useMemo(
    () => startsFor(document, { document: source.document, part }, own),
    [document, source.document, part, own],
  );
  const { plan } = shownDrawing(document);
  const other = shownDrawing(source.document).plan;
  if (!other) return <p className={styles.nothing}>{t('weights.noPlan', { name: source.name })}</p>;
  if (!starts || !plan) {
    return (
      <section className={styles.choice} aria-label={t('weights.choice', { name: source.name })}>
        <p className={styles.nothing}>{t('weights.unfinished')}</p>
        <TakeBlocks checked={takesBlocks} />
      </section>
    );
  }
  const counts = startCounts(starts);
  const choose = (id: string, on: boolean) => {
    const before = plan.layers.filter((layer) => isPart(layer, part) && layer.weights.length > 0);
    const others = before.map((layer) => layer.id).filter((each) => each !== id);
    useLoadWeights.setState({ part: 'blocks', blocks: on ? [...others, id] : others });
  };
  const scaling = scalingOf(source.document.data);
  return (
    <section className={styles.choice} aria-label={t('weights.choice', { name: source.name })}>
      <SegmentedControl
        size="xs"
        aria-label={t('weights.part')}
        value={state.part}
        data={PARTS.map((value) => ({ value, label: t(`weights.parts.${value}`) }))}
        onChange={(value) => {
          const chosen = PARTS.find((each) => each === value) ?? 'whole';
          const loaded = starts.filter(({ outcome }) => outcome === 'loaded').map(({ id }) => id);
          useLoadWeights.setState({ part: chosen, ...(chosen === 'blocks' && { blocks: loaded }) });
        }}
      />
      <LayerStarts
        plan={plan}
        other={other}
        starts={starts}
        isChosen={(layer) => isPart(layer, part)}
        onChoose={choose}
      />
      {scaling !== scalingOf(document.data) && (
        <p className={styles.warning} role="note">
          {t('weights.scaling', { scaling })}
        </p>
      )}
      <div className={styles.options}>
        <TakeBlocks checked={takesBlocks} />
        <Checkbox
          size="xs"
          label={t('weights.freeze')}
          checked={freezes}
          onChange={(event) => useLoadWeights.setState({ freezes: event.currentTarget.checked })}
        />
        {last && (
          <Checkbox
            size="xs"
            label={t('weights.keepOthers')}
            checked={keepsOthers}
            onChange={(event) => useLoadWeights.setState({ keepsOthers: event.currentTarget.checked })}
          />
        )}
      </div>
      <footer className={styles.footer}>
        <span className={styles.sum} role="status">
          {t('weights.sum', {
            loaded: counts.loaded.toLocaleString('en'),
            kept: counts.kept.toLocaleString('en'),
            fresh: counts.new.toLocaleString('en'),
          })}
        </span>
        <Button size="xs" variant="default" onClick={closeDialog}>
          {t('weights.cancel')}
        </Button>
        <Button size="xs" disabled={counts.loaded === 0} onClick={acceptChosen}>
          {t('weights.accept')}
        </Button>
      </footer>
    </section>
  );
}

/** Whether the other model's blocks are drawn first; those that were chosen one by one may not be there then. */
function TakeBlocks({ checked }: { readonly checked: boolean }) {
  return (
    <Checkbox
      size="xs"
      label={t('weights.takeBlocks')}
      checked={checked}
      onChange={(event) => {
        const { part } = useLoadWeights.getState();
        const takesBlocks = event.currentTarget.checked;
        useLoadWeights.setState({ takesBlocks, ...(part === 'blocks' && { part: 'whole' }) });
      }}
    />
  );
}
