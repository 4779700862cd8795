import { create } from 'zustand';
import { Cancelled } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import { bytesOfFloats } from '../../shared/ipc/float-bytes';
import { type Message, messageOf } from '../state/messages';
import { call, follow } from '../state/session-store';
import { byWeight, type Cloud, cloudOf, codeAt } from './cloud';

export type Decoded = CallResult<'run.decode'>;

interface CodeState {
  /** The codes of the run that is looked at, as they were told last. */
  readonly cloud: Cloud | null;
  /** Whether they are those of the run's last weights, so that no newer ones will come. */
  readonly isLast: boolean;
  readonly failure: Message | null;
  /** The place of the sample that was chosen. */
  readonly sample: number;
  /** The code that is decoded: that of the sample, unless it has been varied. */
  readonly code: readonly number[];
  readonly isVaried: boolean;
  /** The value of the code that is walked along. */
  readonly focus: number;
  readonly decoded: Decoded | null;
  /** The walk: the code with its focused value at each of `WALK`. */
  readonly walk: Decoded | null;
  /** How many decoded samples have come. */
  readonly decodes: number;
}

/** Where a walk stops, in standard deviations from the mean. */
export const WALK: readonly number[] = [-3, -2, -1, 0, 1, 2, 3];

const nothing: CodeState = {
  cloud: null,
  isLast: false,
  failure: null,
  sample: 0,
  code: [],
  isVaried: false,
  focus: 0,
  decoded: null,
  walk: null,
  decodes: 0,
};

export const useCodes = create<CodeState>()(() => nothing);

/** The codes that are being followed, by how many. */
let followed: { readonly runId: string; readonly abort: AbortController; holders: number } | null = null;

/** Follows the codes of a run, unless its last ones are here already. Returns what ends it. */
export function followCodes(runId: string): () => void {
  const { cloud, isLast } = useCodes.getState();
  if (cloud?.runId === runId && isLast) return () => {};
  if (cloud?.runId !== runId) useCodes.setState(nothing);
  if (followed?.runId !== runId) {
    followed?.abort.abort();
    const mine = { runId, abort: new AbortController(), holders: 0 };
    followed = mine;
    const end = (change: Partial<CodeState>) => {
      if (followed !== mine) return;
      followed = null;
      useCodes.setState(change);
    };
    follow('run.codeClouds', { runId }, (told) => take(cloudOf(runId, told)), mine.abort.signal).then(
      () => end({ isLast: true }),
      (error: unknown) => end(error instanceof Cancelled ? {} : { failure: messageOf(error) }),
    );
  }
  const held = followed;
  held.holders += 1;
  return () => {
    held.holders -= 1;
    if (held.holders > 0) return;
    held.abort.abort();
    if (followed === held) followed = null;
  };
}

/** Takes newer codes; what the user has chosen and varied stays. */
function take(cloud: Cloud): void {
  const before = useCodes.getState();
  const isNew = before.cloud?.runId !== cloud.runId;
  const sample = isNew ? 0 : Math.max(0, Math.min(before.sample, cloud.count - 1));
  useCodes.setState({
    cloud,
    failure: null,
    sample,
    ...(isNew && { focus: byWeight(cloud.deviation)[0] ?? 0 }),
    ...((isNew || !before.isVaried) && { code: startOf(cloud, sample), isVaried: false }),
  });
  decodeSoon();
}

/** The code of a sample; where there are no samples, the mean of all. */
function startOf(cloud: Cloud, sample: number): readonly number[] {
  return cloud.count > 0 ? codeAt(cloud, sample) : cloud.mean;
}

/** Back to where varying began. */
export function resetCode(): void {
  const { cloud, sample } = useCodes.getState();
  if (!cloud) return;
  useCodes.setState({ code: startOf(cloud, sample), isVaried: false });
  decodeSoon();
}

/** Decodes a code whose values are drawn as codes are spread, each by itself (Box and Muller 1958). */
export function setRandomCode(): void {
  const { cloud } = useCodes.getState();
  if (!cloud) return;
  const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  setCode(cloud.mean.map((mean, at) => mean + (cloud.deviation[at] ?? 0) * normal()));
}

/** Takes up a sample with the code it has. */
export function chooseSample(sample: number): void {
  const { cloud } = useCodes.getState();
  if (!cloud || sample < 0 || sample >= cloud.count) return;
  useCodes.setState({ sample, code: codeAt(cloud, sample), isVaried: false });
  decodeSoon();
}

/** Decodes a code that no sample has. */
export function setCode(code: readonly number[]): void {
  useCodes.setState({ code, isVaried: true });
  decodeSoon();
}

/** Varies one value of the code; the others are held. */
export function setValue(place: number, value: number): void {
  useCodes.setState({ focus: place });
  setCode(useCodes.getState().code.map((old, at) => (at === place ? value : old)));
}

export function focusOn(place: number): void {
  useCodes.setState({ focus: place });
  decodeSoon();
}

/** The samples that some codes decode to, as many as there are. */
export async function decodeCodes(runId: string, codes: readonly (readonly number[])[]): Promise<Decoded> {
  const MOST = 64;
  const parts: Decoded[] = [];
  for (let at = 0; at < codes.length; at += MOST) {
    const part = bytesOfFloats(codes.slice(at, at + MOST).flat());
    parts.push(await call('run.decode', { runId, codes: part }));
  }
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  const pixels = new Uint8Array(parts.reduce((sum, part) => sum + part.pixels.length, 0));
  let at = 0;
  for (const part of parts) {
    pixels.set(part.pixels, at);
    at += part.pixels.length;
  }
  return { count: codes.length, shape: first?.shape ?? [1], pixels };
}

let isDecoding = false;
let isWanted = false;

/** Decodes what is shown now; while an answer is awaited, only the newest wish is kept. */
function decodeSoon(): void {
  isWanted = true;
  if (!isDecoding) void decodeWanted();
}

async function decodeWanted(): Promise<void> {
  isDecoding = true;
  while (isWanted) {
    isWanted = false;
    const { cloud, code, focus } = useCodes.getState();
    if (!cloud || cloud.problem !== null) break;
    const steps = WALK.map((step) => (cloud.mean[focus] ?? 0) + step * (cloud.deviation[focus] ?? 0));
    const walked = steps.map((value) => code.map((own, at) => (at === focus ? value : own)));
    try {
      const answer = await decodeCodes(cloud.runId, [code, ...walked]);
      if (useCodes.getState().cloud?.runId !== cloud.runId) continue;
      const size = answer.pixels.length / answer.count;
      const part = (from: number, to: number): Decoded => ({
        count: to - from,
        shape: answer.shape,
        pixels: answer.pixels.slice(from * size, to * size),
      });
      useCodes.setState(({ decodes }) => ({
        decoded: part(0, 1),
        walk: part(1, answer.count),
        decodes: decodes + 1,
        failure: null,
      }));
    } catch (error) {
      useCodes.setState({ failure: messageOf(error) });
      break;
    }
  }
  isDecoding = false;
}
