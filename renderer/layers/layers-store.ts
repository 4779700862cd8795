import { create } from 'zustand';
import type { CallResult } from '../../shared/ipc/contract';
import { floatsOfBytes } from '../../shared/ipc/float-bytes';
import type { LayerRecordTold, LayerSample, RunLayer } from '../../shared/ipc/layer-schemas';
import { type Message, messageOf } from '../state/messages';
import { call } from '../state/session-store';
import type { LayerNumbers } from './layer-tiles';
import { lookAtPlace } from './looks-store';

export type LayerView = 'activations' | 'weights' | 'history';

/** Numbers of a layer; `of` is how long the last axis is in full. */
export interface ToldNumbers extends LayerNumbers {
  readonly of: number;
}

interface ToldWeight extends ToldNumbers {
  readonly name: string;
}

/** Samples that can be looked at, from the first on. */
interface SampleStrip {
  readonly shape: readonly number[];
  readonly count: number;
  readonly pixels: Uint8Array;
  readonly labels: readonly number[];
}

interface Layers {
  /** The run that the rest is of; null before the first. */
  readonly runId: string | null;
  readonly described: CallResult<'run.layers'> | null;
  readonly strip: SampleStrip | null;
  readonly layerId: string | null;
  readonly sample: LayerSample;
  /** The file of a sample of the user's own. */
  readonly ownName: string | null;
  readonly view: LayerView;
  /** After how many steps what is shown was so. */
  readonly step: number;
  readonly activations: ToldNumbers | null;
  readonly weights: readonly ToldWeight[] | null;
  readonly history: { readonly samples: number; readonly records: readonly LayerRecordTold[] } | null;
  readonly failure: Message | null;
}

const nothing: Layers = {
  runId: null,
  described: null,
  strip: null,
  layerId: null,
  sample: { kind: 'place', place: 0 },
  ownName: null,
  view: 'activations',
  step: -1,
  activations: null,
  weights: null,
  history: null,
  failure: null,
};

export const useLayers = create<Layers>()(() => nothing);

/** Samples shown to choose from. */
const STRIP = 48;

/** Takes up a run. The layer and the sample looked at stay, where it has them too. */
export async function loadLayers(runId: string, preferred: readonly string[]): Promise<void> {
  const before = useLayers.getState();
  if (before.runId === runId && before.described) return;
  useLayers.setState({ ...nothing, runId, view: before.view });
  try {
    const described = await call('run.layers', { runId });
    const strip = await call('run.layerSamples', { runId, offset: 0, count: STRIP });
    if (useLayers.getState().runId !== runId) return;
    const has = (id: string | null) => described.layers.some((layer) => layer.id === id);
    const first = described.layers.find(({ weights }) => weights.length > 0) ?? described.layers[0];
    const layerId = [...preferred, before.layerId].find((id) => id !== null && has(id)) ?? first?.id ?? null;
    const place = before.sample.kind === 'place' ? before.sample.place : 0;
    const sample: LayerSample = { kind: 'place', place: Math.max(0, Math.min(place, described.samples - 1)) };
    // Of a model whose data are not here weights are seen at once, activations for samples of one's own.
    const view = described.samples > 0 ? before.view : 'weights';
    useLayers.setState({ described, strip, layerId, sample, view });
    if (described.samples > 0) lookAtPlace(sample.place);
    showSoon();
  } catch (error) {
    if (useLayers.getState().runId === runId) useLayers.setState({ failure: messageOf(error) });
  }
}

/** Does nothing where the run has no such layer. */
export function chooseLayer(layerId: string): void {
  const { described, layerId: before } = useLayers.getState();
  if (layerId === before || !described?.layers.some(({ id }) => id === layerId)) return;
  useLayers.setState({ layerId, activations: null, weights: null, history: null });
  showSoon();
}

export function chooseView(view: LayerView): void {
  useLayers.setState({ view });
  showSoon();
}

export function choosePlace(place: number): void {
  useLayers.setState({ sample: { kind: 'place', place }, ownName: null });
  lookAtPlace(place);
  showSoon();
}

/** @param pixels in the shape of the data */
export function chooseOwn(name: string, pixels: Uint8Array): void {
  useLayers.setState({ sample: { kind: 'own', pixels }, ownName: name });
  showSoon();
}

export function chosenLayer({ described, layerId }: Pick<Layers, 'described' | 'layerId'>): RunLayer | null {
  return described?.layers.find(({ id }) => id === layerId) ?? null;
}

let isAsking = false;
let isWanted = false;

/** Asks for what is shown now; while an answer is awaited, only the newest wish is kept. */
export function showSoon(): void {
  isWanted = true;
  if (!isAsking) void showWanted();
}

async function showWanted(): Promise<void> {
  isAsking = true;
  while (isWanted) {
    isWanted = false;
    const { runId, layerId, sample, view, described } = useLayers.getState();
    if (runId === null || layerId === null || !described) break;
    try {
      const answer = await askFor(view, runId, layerId, sample);
      const now = useLayers.getState();
      // Another layer or run was chosen meanwhile.
      if (now.runId === runId && now.layerId === layerId) useLayers.setState({ ...answer, failure: null });
    } catch (error) {
      if (useLayers.getState().runId === runId) useLayers.setState({ failure: messageOf(error) });
    }
  }
  isAsking = false;
}

async function askFor(
  view: LayerView,
  runId: string,
  layerId: string,
  sample: LayerSample,
): Promise<Partial<Layers>> {
  if (view === 'activations') {
    const { step, ...told } = await call('run.layerActivations', { runId, layerId, sample });
    return { step, activations: numbersOf(told) };
  }
  if (view === 'weights') {
    const { step, weights } = await call('run.layerWeights', { runId, layerId });
    return { step, weights: weights.map(({ name, ...told }) => ({ name, ...numbersOf(told) })) };
  }
  return { history: await call('run.layerHistory', { runId, layerId }) };
}

function numbersOf({ shape, values, of }: { shape: number[]; values: Uint8Array; of: number }): ToldNumbers {
  return { shape, of, values: floatsOfBytes(values) };
}
