import { create } from 'zustand';
import type { CallResult } from '../../shared/ipc/contract';
import { bytesOfFloats, floatsOfBytes } from '../../shared/ipc/float-bytes';
import { type Message, messageOf } from '../state/messages';
import { call } from '../state/session-store';

type Decoded = CallResult<'run.decode'>;

/** Codes as the engine told them, and the one that is being varied. */
interface Codes {
  readonly runId: string;
  readonly size: number;
  readonly count: number;
  readonly values: Float32Array;
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** Why none can be decoded by itself, where that is so. */
  readonly problem: string | null;
}

interface CodeState {
  readonly codes: Codes | null;
  readonly failure: Message | null;
  /** Which of the watched samples is varied. */
  readonly sample: number;
  /** Its code, as it has been varied. */
  readonly code: readonly number[];
  /** The value of the code that is walked along. */
  readonly focus: number;
  readonly decoded: Decoded | null;
  /** The walk: the code with its focused value at each of `WALK`. */
  readonly walk: Decoded | null;
}

/** Where a walk stops, in standard deviations from the mean. */
export const WALK: readonly number[] = [-3, -2, -1, 0, 1, 2, 3];

const nothing: CodeState = {
  codes: null,
  failure: null,
  sample: 0,
  code: [],
  focus: 0,
  decoded: null,
  walk: null,
};

export const useCodes = create<CodeState>()(() => nothing);

/** Asks for the codes of a run's present weights. The sample and the value looked at stay, as far as they are there. */
export async function loadCodes(runId: string): Promise<void> {
  try {
    const { codes: bytes, ...told } = await call('run.codes', { runId });
    const values = floatsOfBytes(bytes);
    const codes: Codes = { ...told, runId, values };
    const { sample, focus } = useCodes.getState();
    const isSame = useCodes.getState().codes?.size === codes.size;
    useCodes.setState({
      codes,
      failure: null,
      focus: isSame ? focus : byDeviation(codes)[0],
      decoded: null,
      walk: null,
    });
    chooseSample(Math.min(sample, codes.count - 1));
  } catch (error) {
    useCodes.setState({ ...nothing, failure: messageOf(error) });
  }
}

/** The places of a code's values, the one that varies most first. */
export function byDeviation({ deviation }: Pick<Codes, 'deviation'>): number[] {
  return [...deviation.keys()].sort((a, b) => (deviation[b] ?? 0) - (deviation[a] ?? 0));
}

/** Takes up a watched sample with the code it has. */
export function chooseSample(sample: number): void {
  const { codes } = useCodes.getState();
  if (!codes) return;
  const code = [...codes.values.subarray(sample * codes.size, (sample + 1) * codes.size)];
  useCodes.setState({ sample, code });
  decodeSoon();
}

/** Varies one value of the code; the others are held. */
export function setValue(place: number, value: number): void {
  useCodes.setState(({ code }) => ({
    focus: place,
    code: code.map((old, at) => (at === place ? value : old)),
  }));
  decodeSoon();
}

export function focusOn(place: number): void {
  useCodes.setState({ focus: place });
  decodeSoon();
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
    const { codes, code, focus } = useCodes.getState();
    if (!codes || codes.problem !== null) break;
    const steps = WALK.map((step) => (codes.mean[focus] ?? 0) + step * (codes.deviation[focus] ?? 0));
    const walked = steps.map((value) => code.map((own, at) => (at === focus ? value : own)));
    const batch = bytesOfFloats([code, ...walked].flat());
    try {
      const { runId } = codes;
      const answer = await call('run.decode', { runId, codes: batch });
      if (useCodes.getState().codes !== codes) continue;
      const size = answer.pixels.length / answer.count;
      const part = (from: number, to: number): Decoded => ({
        count: to - from,
        shape: answer.shape,
        pixels: answer.pixels.slice(from * size, to * size),
      });
      useCodes.setState({ decoded: part(0, 1), walk: part(1, answer.count), failure: null });
    } catch (error) {
      useCodes.setState({ failure: messageOf(error) });
      break;
    }
  }
  isDecoding = false;
}
