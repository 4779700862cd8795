import { EyeOff } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { RunLayer } from '../../shared/ipc/layer-schemas';
import { formatShape } from '../../shared/tensors/shape';
import { hasWeights, isOver, type RunView } from '../run/run-record';
import { useRun } from '../run/run-store';
import { select, useDocument } from '../state/document-store';
import { useDrawing } from '../state/drawing';
import { t } from '../strings/strings';
import { LayerFacts } from './layer-facts';
import { LayerFigure } from './layer-figure';
import { useLayerNames } from './layer-names';
import styles from './layers-panel.module.css';
import { chooseLayer, chosenLayer, loadLayers, showSoon, useLayers } from './layers-store';
import { lookFromPanel, useLooks } from './looks-store';

/** Every layer of the run: what it gives out for a sample, its weights, and how both were spread over the epochs. */
export function LayersPanel() {
  const view = useRun((state) => state.view);
  const selection = useDocument((state) => state.selection);
  const { described, failure, runId: loaded, layerId } = useLayers();
  const runId = view && view.runId !== '' && view.summary && hasWeights(view) ? view.runId : null;
  useEffect(() => {
    lookFromPanel(true);
    return () => lookFromPanel(false);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection is where to begin; later changes are followed below
  useEffect(() => {
    if (runId !== null) void loadLayers(runId, selection);
  }, [runId]);
  useEffect(() => {
    const [only, ...others] = selection;
    if (only !== undefined && others.length === 0) chooseLayer(only);
  }, [selection]);
  useLiveView(view);

  if (runId === null) return <div className={styles.none}>{t('layers.untrained')}</div>;
  const layer = chosenLayer({ described, layerId });
  if (!described || loaded !== runId || !layer) {
    const words = failure ? [failure.message, failure.hint].filter(Boolean).join(' ') : t('layers.loading');
    return (
      <div className={styles.none} role={failure ? 'alert' : undefined}>
        {words}
      </div>
    );
  }
  return <Shown layers={described.layers} layer={layer} />;
}

/** Asks anew as the run goes on: with each look that comes, and after the epochs whose spread is recorded. */
function useLiveView(view: RunView | null): void {
  const step = useLooks((state) => state.step);
  const epochs = view?.epochs.length ?? 0;
  const over = view ? isOver(view.phase) : false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: these say when something has changed
  useEffect(() => {
    if (useLayers.getState().view !== 'history') showSoon();
  }, [step]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these say when something has changed
  useEffect(() => {
    if (useLayers.getState().view === 'history') showSoon();
  }, [epochs, over]);
}

function Shown({ layers, layer }: { readonly layers: readonly RunLayer[]; readonly layer: RunLayer }) {
  const silence = useLooks((state) => state.blocks.get(layer.id)?.silent ?? null);
  const silent = useMemo(() => new Set(silence?.places), [silence]);
  return (
    <div className={styles.panel}>
      <LayerList layers={layers} chosen={layer.id} />
      <LayerFigure layer={layer} silent={silent} />
      <LayerFacts layer={layer} silence={silence} />
    </div>
  );
}

/** All layers in the order they run; choosing one selects its block, and the other way round. */
function LayerList({ layers, chosen }: { readonly layers: readonly RunLayer[]; readonly chosen: string }) {
  const drawing = useDrawing();
  const nameOf = useLayerNames();
  const choose = (layer: RunLayer | undefined) => {
    if (!layer) return;
    chooseLayer(layer.id);
    if (drawing.nodes.some(({ id }) => id === layer.id)) select([layer.id]);
    document.getElementById(`layer-${layer.id}`)?.focus();
  };
  return (
    <div
      className={styles.list}
      role="listbox"
      aria-label={t('layers.list')}
      onKeyDown={(event) => {
        const step = { ArrowUp: -1, ArrowDown: 1, Home: -layers.length, End: layers.length }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        const at = layers.findIndex(({ id }) => id === chosen);
        choose(layers[Math.min(layers.length - 1, Math.max(0, at + step))]);
      }}
    >
      {layers.map((layer) => (
        <button
          key={layer.id}
          id={`layer-${layer.id}`}
          type="button"
          role="option"
          className={styles.item}
          data-half={layer.half}
          aria-selected={layer.id === chosen}
          tabIndex={layer.id === chosen ? 0 : -1}
          onClick={() => choose(layer)}
        >
          <span className={styles.itemName} title={layer.id}>
            {nameOf(layer.id)}
          </span>
          <SilenceSign id={layer.id} />
          <span className={styles.itemShape}>{formatShape(layer.outputShape)}</span>
        </button>
      ))}
    </div>
  );
}

function SilenceSign({ id }: { readonly id: string }) {
  const silent = useLooks((state) => state.blocks.get(id)?.silent?.places.length ?? 0);
  if (silent === 0) return null;
  return (
    <span className={styles.itemSilent}>
      <EyeOff size={11} aria-label={t('layers.silentUnits')} />
      {silent}
    </span>
  );
}
