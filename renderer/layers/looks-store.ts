import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { Cancelled } from '../../shared/errors/problem';
import type { LayerLook } from '../../shared/ipc/layer-schemas';
import { useRun } from '../run/run-store';
import { follow } from '../state/session-store';

export type Thumbnail = LayerLook['thumbnails'][number];

/** Units that gave out nothing, by their places along the last axis, of how many, for how many samples. */
export interface Silence {
  readonly places: readonly number[];
  readonly units: number;
  readonly samples: number;
}

/** What a block shows of the run. */
export interface BlockLook {
  readonly thumbnail: Thumbnail;
  readonly pixels: Uint8Array;
  /** Of a layer with ReLUs: the units that are silent on all samples of the probe. */
  readonly silent: Silence | null;
  /** Of the time all layers take, 0–1; null until it was measured. */
  readonly share: number | null;
}

interface Looks {
  /** The run that the rest is of; null before the first. */
  readonly runId: string | null;
  readonly step: number;
  /** By layer id. */
  readonly blocks: ReadonlyMap<string, BlockLook>;
  /** Milliseconds a training batch takes in each layer, forward and back; empty until it was measured. */
  readonly times: ReadonlyMap<string, number>;
}

const nothing: Looks = { runId: null, step: -1, blocks: new Map(), times: new Map() };

export const useLooks = create<Looks>()(() => nothing);

interface LooksWish {
  /** Whether blocks show what they give out; kept for this user on this machine. */
  readonly onBlocks: boolean;
  /** Whether the Layers panel is open, which shows some of it too. */
  readonly inPanel: boolean;
  /** The validation sample that is looked at. */
  readonly place: number;
}

export const useLooksWish = create<LooksWish>()(
  persist((): LooksWish => ({ onBlocks: true, inPanel: false, place: 0 }), {
    name: 'hourglass.looks',
    version: 1,
    partialize: ({ onBlocks }) => ({ onBlocks }),
  }),
);

export function toggleBlockLooks(): void {
  useLooksWish.setState(({ onBlocks }) => ({ onBlocks: !onBlocks }));
}

export function lookFromPanel(inPanel: boolean): void {
  useLooksWish.setState({ inPanel });
}

export function lookAtPlace(place: number): void {
  useLooksWish.setState({ place });
}

/** Follows what the layers of the run give out, while somebody wants to see it. Returns what ends it. */
export function keepLooks(): () => void {
  let followed = '';
  let cancel: AbortController | null = null;
  const settle = () => {
    const { view } = useRun.getState();
    const { onBlocks, inPanel, place } = useLooksWish.getState();
    const isWanted = onBlocks || inPanel;
    // The run is there once its first event has come.
    const hasSamples = view?.summary?.elsewhere !== 'without data';
    const runId = view && view.runId !== '' && view.summary && hasSamples ? view.runId : null;
    const wanted = isWanted && runId !== null ? `${runId}/${place}` : '';
    const isStale = view?.runId === '' || !isWanted || !hasSamples;
    if (isStale && useLooks.getState().runId !== null) useLooks.setState(nothing);
    if (wanted === followed) return;
    followed = wanted;
    cancel?.abort();
    cancel = null;
    if (wanted === '' || runId === null) return;
    cancel = new AbortController();
    const { signal } = cancel;
    follow('run.layerLooks', { runId, place }, (look) => !signal.aborted && take(runId, look), signal).catch(
      (error: unknown) => {
        // The run tells by itself what became of it; a connection that is lost says so too.
        if (!(error instanceof Cancelled) && followed === wanted) followed = '';
      },
    );
  };
  const stops = [useRun.subscribe(settle), useLooksWish.subscribe(settle)];
  settle();
  return () => {
    for (const stop of stops) stop();
    cancel?.abort();
  };
}

function take(runId: string, { thumbnails, pixels, silent, samples, times, step }: LayerLook): void {
  const shares = new Map(times?.map(({ id, share }) => [id, share]));
  const silence = new Map(silent.map(({ id, ...rest }) => [id, { ...rest, samples }]));
  let at = 0;
  const blocks = new Map(
    thumbnails.map((thumbnail): [string, BlockLook] => {
      const size = thumbnail.count * thumbnail.height * thumbnail.width;
      const own = pixels.subarray(at, at + size);
      at += size;
      const { id } = thumbnail;
      return [id, { thumbnail, pixels: own, silent: silence.get(id) ?? null, share: shares.get(id) ?? null }];
    }),
  );
  useLooks.setState({
    ...{ runId, step, blocks },
    times: new Map(times?.map(({ id, milliseconds }) => [id, milliseconds])),
  });
}
