/** How many values a histogram is made of at most: evenly spaced ones where there are more. */
const MOST_VALUES = 16_384;
export const BINS = 48;

/** How numbers are spread: `counts` of `BINS` even bins from `least` to `most`. */
export interface Spread {
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  /** The population's standard deviation. */
  readonly deviation: number;
  readonly counts: Uint32Array;
  /** Numbers counted; those that are not finite are left out. */
  readonly count: number;
}

/** The spread of numbers. All zeros where there is nothing finite. */
export function spreadOf(values: Float32Array): Spread {
  const stride = primeFrom(Math.ceil(values.length / MOST_VALUES));
  let [least, most, count, mean, squares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (let at = 0; at < values.length; at += stride) {
    const value = values[at]!;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
    count += 1;
    // Welford (1962).
    const distance = value - mean;
    mean += distance / count;
    squares += distance * (value - mean);
  }
  const counts = new Uint32Array(BINS);
  if (count === 0) return { least: 0, most: 0, mean: 0, deviation: 0, counts, count };
  const scale = most > least ? BINS / (most - least) : 0;
  for (let at = 0; at < values.length; at += stride) {
    const value = values[at]!;
    if (Number.isFinite(value)) counts[Math.min(BINS - 1, Math.floor((value - least) * scale))]! += 1;
  }
  return { least, most, mean, deviation: Math.sqrt(squares / count), counts, count };
}

/** The least prime from there on, or 1: with such a stride no channel is left out where channels alternate. */
function primeFrom(least: number): number {
  for (let stride = Math.max(1, least); ; stride++) {
    let divisor = 2;
    while (divisor * divisor <= stride && stride % divisor !== 0) divisor += 1;
    if (stride === 1 || divisor * divisor > stride) return stride;
  }
}

/** What was found of one layer at one time. */
export interface LayerRecord {
  readonly epoch: number;
  readonly step: number;
  readonly activations: Spread;
  /** By the weight's own name. */
  readonly weights: ReadonlyMap<string, Spread>;
  /** Units of a ReLU that were silent on the whole probe; null for other layers, and where the probe was not run. */
  readonly silent: readonly number[] | null;
}

/** Records kept of a run: beyond, every second one but the first and the last is let go. */
const MOST_RECORDS = 128;

/** What was found of every layer over the epochs of a run, thinned out evenly where there are many. */
export class LayerHistory {
  private list: ReadonlyMap<string, LayerRecord>[] = [];

  /** Takes the place of the last one where no step was made since: other weights were put in. */
  add(record: ReadonlyMap<string, LayerRecord>): void {
    const [first] = record.values();
    if (first && first.step === this.lastStep) this.list.pop();
    this.list.push(record);
    if (this.list.length <= MOST_RECORDS) return;
    const last = this.list.length - 1;
    this.list = this.list.filter((_, at) => at % 2 === 0 || at === last);
  }

  /** The step of the last record; −1 before the first. */
  get lastStep(): number {
    const [first] = this.list.at(-1)?.values() ?? [];
    return first?.step ?? -1;
  }

  of(layerId: string): LayerRecord[] {
    return this.list.flatMap((record) => record.get(layerId) ?? []);
  }

  /** The newest record of every layer in which units were probed for silence; null before the first. */
  get lastProbed(): ReadonlyMap<string, LayerRecord> | null {
    return this.list.findLast((record) => [...record.values()].some(({ silent }) => silent !== null)) ?? null;
  }
}
