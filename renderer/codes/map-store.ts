import { create } from 'zustand';
import { Cancelled } from '../../shared/errors/problem';
import { bytesOfFloats, floatsOfBytes } from '../../shared/ipc/float-bytes';
import { useRun } from '../run/run-store';
import { type Message, messageOf } from '../state/messages';
import { follow } from '../state/session-store';
import { byWeight, type Cloud, codeAt, nearestTo } from './cloud';
import { type CodeDensity, codeDensity } from './code-density';
import { setCode, useCodes } from './code-store';
import { codeAtPlace, type MapPlace, type PlaneMeaning, placeOfCode } from './map-inverse';
import {
  bestTurn,
  type LayoutKind,
  type PlaneAxes,
  planePoints,
  type ShownValues,
  turnedAxes,
  turnedPoints,
  valuePoints,
} from './map-layout';
import type { MapView } from './map-view';

export type MapTool = 'probe' | 'pan' | 'rectangle' | 'lasso';

/** A layout that the engine is making. */
interface LayoutProgress {
  readonly stage: 'neighbours' | 'layout' | 'placing' | 'done';
  readonly done: number;
  readonly total: number;
}

/** What is shown, which may be what was wanted before. */
export interface ShownMap extends PlaneMeaning {
  readonly density: CodeDensity | null;
}

interface MapState {
  /** The layout that is wanted. */
  readonly kind: LayoutKind;
  readonly values: ShownValues;
  readonly shown: ShownMap | null;
  readonly progress: LayoutProgress | null;
  readonly failure: Message | null;
  /** Labels whose samples are hidden. */
  readonly hidden: readonly number[];
  /** The places of the samples that were brushed, in order. */
  readonly selected: readonly number[];
  readonly tool: MapTool;
  /** What the rest of a code is held at where the plane says a part of it alone. */
  readonly held: 'mean' | 'sample';
  /** Null while it is fitted to the codes. */
  readonly view: MapView | null;
  /** The place that was decoded last, where it was chosen in the plane. */
  readonly probe: MapPlace | null;
}

export const useMap = create<MapState>()(() => ({
  kind: 'pca',
  values: [0, 0],
  shown: null,
  progress: null,
  failure: null,
  hidden: [],
  selected: [],
  tool: 'probe',
  held: 'mean',
  view: null,
  probe: null,
}));

/** Lays codes out whenever newer ones come. Returns what ends it. */
export function keepMapLaidOut(): () => void {
  const { cloud } = useCodes.getState();
  const { shown, kind } = useMap.getState();
  // A layout may have been given up when the panel was left.
  if (cloud && (shown?.cloud !== cloud || shown.kind !== kind)) takeCloud(cloud);
  const end = useCodes.subscribe((next, before) => {
    if (next.cloud && next.cloud !== before.cloud) takeCloud(next.cloud);
    // A sample that is chosen takes the place of a place that was.
    if (next.code !== before.code && !next.isVaried) useMap.setState({ probe: null });
  });
  return () => {
    end();
    embedding?.abort();
  };
}

function takeCloud(cloud: Cloud): void {
  const { shown, kind } = useMap.getState();
  if (shown?.cloud.runId !== cloud.runId) {
    embedding?.abort();
    embedding = null;
    const next = cloud.size <= 2 ? 'values' : kind === 'values' ? 'pca' : kind;
    const cleared = { shown: null, failure: null, hidden: [], selected: [], view: null, probe: null };
    useMap.setState({ kind: next, values: widestValues(cloud), ...cleared });
  }
  layOut(cloud);
}

/** The two values that vary most; in their order where there are no others. */
function widestValues({ deviation, size }: Cloud): ShownValues {
  const [x = 0, y = 0] = byWeight(deviation);
  return size === 2 ? [0, 1] : [x, y];
}

export function setLayout(kind: LayoutKind): void {
  const { cloud } = useCodes.getState();
  if (kind === 'values' && cloud) useMap.setState({ values: widestValues(cloud) });
  // What was zoomed into is not there in another layout.
  useMap.setState({ kind, view: null, failure: null, probe: null });
  layOutAgain();
}

export function setShownValues(values: ShownValues): void {
  useMap.setState({ kind: 'values', values, view: null, probe: null });
  layOutAgain();
}

function layOutAgain(): void {
  const { cloud } = useCodes.getState();
  if (cloud) layOut(cloud);
}

function layOut(cloud: Cloud): void {
  const { kind, values, shown } = useMap.getState();
  if (kind === 'umap') {
    // Until the layout is there, the plane that it begins from stands in.
    if (!shown) show(planeMap(cloud, null));
    else useMap.setState({ shown: { ...shown, cloud } });
    void embed();
    return;
  }
  embedding?.abort();
  if (kind === 'pca' && cloud.size > 1) show(planeMap(cloud, shown));
  else show({ cloud, kind: 'values', values, axes: null, points: valuePoints(cloud, values) });
}

/** The plane of PCA, turned so that codes lie nearest to where they lay before. */
function planeMap(cloud: Cloud, before: ShownMap | null): PlaneMeaning {
  const axes: PlaneAxes = cloud.plane?.axes ?? [[1], [0]];
  const isStable = before?.kind === 'pca' && before.cloud.runId === cloud.runId;
  const turned = isStable ? turnedAxes(axes, bestTurn(planePoints(cloud, axes), before.points)) : axes;
  return { cloud, kind: 'pca', values: [0, 0], axes: turned, points: planePoints(cloud, turned) };
}

function show(map: PlaneMeaning): void {
  useMap.setState({ shown: { ...map, density: codeDensity(map.points) } });
}

let embedding: AbortController | null = null;

/** Has the engine lay the codes out by UMAP, and again where newer codes have come meanwhile. */
async function embed(): Promise<void> {
  if (embedding && !embedding.signal.aborted) return;
  const mine = new AbortController();
  embedding = mine;
  try {
    for (;;) {
      const { cloud } = useCodes.getState();
      if (!cloud || mine.signal.aborted) return;
      const { shown } = useMap.getState();
      const before = shown?.kind === 'umap' && shown.cloud.runId === cloud.runId ? shown.points : null;
      const step = await embedOnce(cloud, before, mine.signal);
      const { cloud: newest } = useCodes.getState();
      if (!newest || newest.runId !== cloud.runId || newest.step <= step) return;
    }
  } catch (error) {
    if (error instanceof Cancelled || embedding !== mine) return;
    useMap.setState(({ shown }) => ({ failure: messageOf(error), kind: shown?.kind ?? 'pca' }));
  } finally {
    if (embedding === mine) {
      embedding = null;
      useMap.setState({ progress: null });
    }
  }
}

/** @returns the step of the codes that were laid out */
async function embedOnce(cloud: Cloud, before: Float32Array | null, signal: AbortSignal): Promise<number> {
  const seed = useRun.getState().document?.training.seed ?? 0;
  const previous = before?.every(Number.isFinite) ? before : null;
  const params = { runId: cloud.runId, seed, previous: previous && bytesOfFloats(previous) };
  let laidOut = cloud.step;
  await follow(
    'run.codeEmbedding',
    params,
    ({ points: told, step, ...progress }) => {
      if (signal.aborted || useCodes.getState().cloud?.runId !== cloud.runId) return;
      laidOut = step;
      useMap.setState({ progress });
      if (!told || progress.stage === 'neighbours') return;
      const points = floatsOfBytes(told);
      const { cloud: newest } = useCodes.getState();
      const placed = previous ? turnedPoints(points, previous) : points;
      show({ cloud: newest ?? cloud, kind: 'umap', values: [0, 0], axes: null, points: placed });
    },
    signal,
  );
  return laidOut;
}

/** Gives the layout up that is being made; what is shown stays. */
export function cancelLayout(): void {
  embedding?.abort();
  embedding = null;
  useMap.setState(({ shown }) => ({ progress: null, kind: shown?.kind ?? 'pca' }));
}

/** Decodes what the plane says there is at a place. */
export function probeAt(place: MapPlace): void {
  const { shown } = useMap.getState();
  if (!shown || shown.cloud.problem !== null) return;
  setCode(codeAtPlace(shown, place, heldCode(shown.cloud)));
  useMap.setState({ probe: place });
}

/** What the rest of a code is held at. */
export function heldCode(cloud: Cloud): readonly number[] {
  const { held } = useMap.getState();
  return held === 'mean' ? cloud.mean : codeAt(cloud, useCodes.getState().sample);
}

/** Where the code that is decoded lies in the plane. */
export function placeShown(shown: ShownMap, code: readonly number[], probe: MapPlace | null): MapPlace {
  if (probe) return probe;
  const { sample, isVaried } = useCodes.getState();
  if (!isVaried)
    return { x: shown.points[2 * sample] ?? Number.NaN, y: shown.points[2 * sample + 1] ?? Number.NaN };
  return placeOfCode(shown, code, shown.kind === 'umap' ? nearestTo(shown.cloud, code).place : -1);
}

export function setTool(tool: MapTool): void {
  useMap.setState({ tool });
}

export function setHeld(held: MapState['held']): void {
  useMap.setState({ held });
  const { probe } = useMap.getState();
  if (probe) probeAt(probe);
}

export function setView(view: MapView | null): void {
  useMap.setState({ view });
}

export function selectPlaces(selected: readonly number[]): void {
  useMap.setState({ selected });
}

export function toggleLabel(label: number): void {
  useMap.setState(({ hidden }) => ({
    hidden: hidden.includes(label) ? hidden.filter((other) => other !== label) : [...hidden, label],
  }));
}
