import { ActionIcon, SegmentedControl, Select } from '@mantine/core';
import { ZoomIn, ZoomOut } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { RunLayer } from '../../shared/ipc/layer-schemas';
import { t } from '../strings/strings';
import { BarsView } from './bars-view';
import { rangeOf, scaleFor } from './colour-maps';
import { HistoryView } from './history-view';
import { useLayerNames } from './layer-names';
import { activationTiles, surroundingsOf, weightTiles } from './layer-tiles';
import styles from './layers-panel.module.css';
import { chooseView, type LayerView, type ToldNumbers, useLayers } from './layers-store';
import { TilesTable, ValuesTable } from './numbers-table';
import { SampleChoice } from './sample-choice';
import { TileView } from './tile-view';
import type { Tiles } from './tiles';

const NONE: ReadonlySet<number> = new Set();

/** The middle of the panel: what the layer gives out, its weights, or how both were spread over the epochs. */
export function LayerFigure({
  layer,
  silent,
}: {
  readonly layer: RunLayer;
  readonly silent: ReadonlySet<number>;
}) {
  const view = useLayers((state) => state.view);
  const failure = useLayers((state) => state.failure);
  const [asTable, setAsTable] = useState(false);
  const views: { value: LayerView; label: string }[] = [
    { value: 'activations', label: t('layers.viewActivations') },
    { value: 'weights', label: t('layers.viewWeights') },
    { value: 'history', label: t('layers.viewHistory') },
  ];
  return (
    <section className={styles.middle} aria-label={t('layers.figure')}>
      <div className={styles.head}>
        <SegmentedControl
          aria-label={t('layers.viewChoice')}
          data={views}
          value={view}
          onChange={(value) => chooseView(views.find((each) => each.value === value)?.value ?? 'activations')}
        />
        <SegmentedControl
          aria-label={t('layers.formChoice')}
          data={[
            { value: 'picture', label: t('layers.asPicture') },
            { value: 'table', label: t('layers.asTable') },
          ]}
          value={asTable ? 'table' : 'picture'}
          onChange={(value) => setAsTable(value === 'table')}
        />
      </div>
      {view === 'activations' && <SampleChoice />}
      {failure ? (
        <p className={styles.note} role="alert">
          {[failure.message, failure.hint].filter(Boolean).join(' ')}
        </p>
      ) : (
        <>
          {view === 'activations' && <Activations layer={layer} silent={silent} asTable={asTable} />}
          {view === 'weights' && <Weights key={layer.id} layer={layer} asTable={asTable} />}
          {view === 'history' && <HistoryView asTable={asTable} />}
        </>
      )}
    </section>
  );
}

interface ActivationsProps {
  readonly layer: RunLayer;
  readonly silent: ReadonlySet<number>;
  readonly asTable: boolean;
}

function Activations({ layer, silent, asTable }: ActivationsProps) {
  const nameOf = useLayerNames();
  const activations = useLayers((state) => state.activations);
  const tiles = useMemo(() => activations && activationTiles(activations), [activations]);
  if (!activations) return <p className={styles.note}>{t('layers.loading')}</p>;
  const label = t('layers.activationsOf', { layer: nameOf(layer.id) });
  return (
    <>
      <Numbers
        {...{ numbers: activations, tiles, label, silent, asTable }}
        name={tiles ? t('layers.map') : t('layers.unit')}
      />
      <Cut numbers={activations} what={tiles ? t('layers.maps') : t('layers.units')} />
    </>
  );
}

function Weights({ layer, asTable }: { readonly layer: RunLayer; readonly asTable: boolean }) {
  const nameOf = useLayerNames();
  const weights = useLayers((state) => state.weights);
  const described = useLayers((state) => state.described);
  const [name, setName] = useState<string | null>(null);
  const [channel, setChannel] = useState(0);
  const chosen = weights?.find((weight) => weight.name === name) ?? weights?.[0];
  const surroundings = useMemo(() => surroundingsOf(layer, described?.layers ?? []), [layer, described]);
  const shown = useMemo(
    () => (chosen ? weightTiles(layer, chosen, surroundings, channel) : null),
    [layer, chosen, surroundings, channel],
  );
  const channels = shown?.channels ?? null;
  if (layer.weights.length === 0) return <p className={styles.note}>{t('layers.noWeights')}</p>;
  if (!weights || !chosen) return <p className={styles.note}>{t('layers.loading')}</p>;
  const owner = layer.weights.find((weight) => weight.name === chosen.name)?.of;
  return (
    <>
      <div className={styles.subHead}>
        <Select
          className={styles.weightChoice}
          aria-label={t('layers.weightChoice')}
          data={weights.map(({ name: value, shape, of }) => ({
            value,
            label: `${value} ${[...shape.slice(0, -1), of].join('×')}`,
          }))}
          value={chosen.name}
          onChange={(value) => {
            setName(value);
            setChannel(0);
          }}
        />
        {channels && (
          <Select
            className={styles.channelChoice}
            aria-label={t(`layers.${channels.label}`)}
            data={Array.from({ length: channels.count }, (_, at) => ({
              value: String(at),
              label: t('layers.channel', { channel: at + 1, count: channels.count }),
            }))}
            value={String(channel)}
            onChange={(value) => setChannel(Number(value ?? 0))}
          />
        )}
        <span className={styles.caption} title={shown ? t(`layers.${shown.caption}`) : undefined}>
          {shown ? t(`layers.${shown.caption}`) : ''}
          {owner !== undefined &&
            owner !== layer.id &&
            ` ${t('layers.sharedWith', { layer: nameOf(owner) })}`}
        </span>
      </div>
      <Numbers
        {...{ numbers: chosen, tiles: shown?.tiles ?? null, asTable }}
        label={t('layers.weightsOf', { layer: nameOf(layer.id), weight: chosen.name })}
        silent={NONE}
        name={t('layers.unit')}
      />
      <Cut numbers={chosen} what={t('layers.units')} />
    </>
  );
}

interface NumbersProps {
  readonly numbers: ToldNumbers;
  readonly tiles: Tiles | null;
  readonly label: string;
  /** What a value of a vector is called. */
  readonly name: string;
  readonly silent: ReadonlySet<number>;
  readonly asTable: boolean;
}

/** Numbers as tiles where they are pictures or matrices, else as bars; or as a table. */
function Numbers({ numbers, tiles, label, name, silent, asTable }: NumbersProps) {
  const [zoom, setZoom] = useState(1);
  const scale = useMemo(() => scaleFor(...rangeOf(numbers.values)), [numbers]);
  if (asTable) {
    return tiles && (tiles.count > 1 || tiles.name !== 'matrix') ? (
      <TilesTable tiles={tiles} />
    ) : tiles ? (
      <TilesTable tiles={columnsOf(tiles)} />
    ) : (
      <ValuesTable values={numbers.values} name={name} />
    );
  }
  if (!tiles) return <BarsView values={numbers.values} label={label} name={name} silent={silent} />;
  const zooms = (
    <span className={styles.zoom}>
      <ActionIcon
        aria-label={t('layers.zoomOut')}
        disabled={zoom <= 1}
        onClick={() => setZoom(Math.max(1, zoom / 2))}
      >
        <ZoomOut size={14} />
      </ActionIcon>
      <ActionIcon
        aria-label={t('layers.zoomIn')}
        disabled={zoom >= 8}
        onClick={() => setZoom(Math.min(8, 2 * zoom))}
      >
        <ZoomIn size={14} />
      </ActionIcon>
    </span>
  );
  return <TileView {...{ tiles, scale, zoom, label, silent }}>{zooms}</TileView>;
}

/** A matrix with a tile for each column: the weights of each unit. */
function columnsOf({ height, width, at }: Tiles): Tiles {
  return {
    ...{ count: width, height, width: 1, name: 'unit', axes: ['in', 'out'] },
    at: (tile, y) => at(0, y, tile),
  };
}

/** Says so where a window is shown fewer than there are. */
function Cut({ numbers, what }: { readonly numbers: ToldNumbers; readonly what: string }) {
  const shown = numbers.shape.at(-1) ?? 0;
  if (shown === numbers.of) return null;
  return <p className={styles.note}>{t('layers.cut', { shown, of: numbers.of, what })}</p>;
}
