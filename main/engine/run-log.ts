import type { RunEvent } from '../../shared/ipc/contract';
import { LossHistory } from '../train/loss-history';
import type { PcaLine } from '../train/pca-line';

type Progress = Extract<RunEvent, { kind: 'progress' }>;

interface Entry {
  /** Sequence numbers that the entry stands for. Progress has one for each loss, everything else a single one. */
  readonly first: number;
  last: number;
  event: RunEvent;
  /** Numbers between that no loss has: those of the reconstructions that were forgotten, in order. */
  gaps: readonly number[];
  /** Of progress that was thinned out: the sequence number of the last step that each loss stands for. */
  marks?: readonly number[];
}

/** Losses kept in full before the older ones are thinned out: about 1 MB, and an hour of 18 steps a second. */
const LOSSES_KEPT = 65_536;
/** Losses in one entry, so that no event grows long. */
const MOST_LOSSES = 4096;

/**
 * What happened in a run, for readers that join at any time and read at their own speed. Nothing is kept for each
 * reader but a number. Neighbouring progress is merged, and of the reconstructions only the latest few are kept.
 *
 * This is the only place where a run's losses are kept, and it stays bounded: when there are too many, all but the
 * latest are averaged in twos, later in fours and so on, evenly over the run, as a chart needs them.
 */
export class RunLog {
  readonly #entries: Entry[] = [];
  readonly #reconstructionsKept: number;
  readonly #waiting = new Set<() => void>();
  readonly #lossesKept: number;
  readonly #entryLosses: number;
  #reconstructions = 0;
  #losses = 0;
  /** How many steps a loss stands for where the run was thinned out. */
  #width = 1;
  #thinAt: number;
  #next = 0;
  #closed = false;

  constructor(reconstructionsKept = 4, lossesKept = LOSSES_KEPT) {
    this.#reconstructionsKept = reconstructionsKept;
    this.#lossesKept = lossesKept;
    this.#thinAt = lossesKept;
    // What is thinned out and what is left alone is decided entry by entry.
    this.#entryLosses = Math.min(MOST_LOSSES, Math.ceil(lossesKept / 16));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The line of PCA, once it has been found. */
  get pca(): PcaLine | null {
    for (const { event } of this.#entries) if (event.kind === 'pca') return event;
    return null;
  }

  /** How the run ended, unless it failed or goes on. */
  get ending(): Extract<RunEvent, { kind: 'completed' | 'stopped' }> | null {
    for (const { event } of this.#entries) {
      if (event.kind === 'completed' || event.kind === 'stopped') return event;
    }
    return null;
  }

  append(event: RunEvent): void {
    if (this.#closed) return;
    const width = event.kind === 'progress' ? event.losses.length : 1;
    if (width === 0) return;
    const entry: Entry = { first: this.#next, last: this.#next + width - 1, event, gaps: [] };
    this.#next += width;
    const previous = this.#entries.at(-1);
    if (!(previous && merge(previous, entry, this.#entryLosses))) this.#entries.push(entry);
    if (event.kind === 'progress') {
      this.#losses += width;
      if (this.#losses > this.#thinAt) this.#thinOut();
    }
    if (event.kind === 'reconstructions') {
      this.#reconstructions += 1;
      if (this.#reconstructions > this.#reconstructionsKept) this.#forgetOldestReconstructions();
    }
    this.#wake();
  }

  /** No event comes after this. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** The first event after that sequence number and its own; null where there is none (yet). */
  after(sequence: number): { readonly event: RunEvent; readonly sequence: number } | null {
    const entry = this.#entries[this.#indexAfter(sequence)];
    if (!entry) return null;
    const { event, first, last, gaps, marks } = entry;
    if (event.kind !== 'progress' || sequence < first) return { event, sequence: last };
    if (marks)
      return {
        event: restOf(
          event,
          marks.findIndex((mark) => mark > sequence),
        ),
        sequence: last,
      };
    const read = sequence - first + 1 - gaps.filter((gap) => gap <= sequence).length;
    const rest = { ...event, firstStep: event.firstStep + read, losses: event.losses.slice(read) };
    return { event: rest, sequence: last };
  }

  /** The run's losses; where they were thinned out, `lossSteps` has the last step that each stands for. */
  lossHistory(): { readonly losses: LossHistory; readonly lossSteps?: readonly number[] } {
    const losses = new LossHistory();
    const lossSteps: number[] = [];
    let thinned = false;
    for (const { event } of this.#entries) {
      if (event.kind !== 'progress') continue;
      losses.append(event.losses);
      event.losses.forEach((_, index) => {
        lossSteps.push(event.lastSteps?.[index] ?? event.firstStep + index);
      });
      thinned ||= event.lastSteps !== undefined;
    }
    return thinned ? { losses, lossSteps } : { losses };
  }

  /** Resolves with the next event or the closing. The function it gives back stops the waiting at once. */
  changed(): { readonly promise: Promise<void>; readonly stop: () => void } {
    let stop = () => {};
    const promise = new Promise<void>((resolve) => {
      stop = () => {
        this.#waiting.delete(stop);
        resolve();
      };
      this.#waiting.add(stop);
    });
    return { promise, stop };
  }

  /** Averages neighbours everywhere but in the latest part of the run. */
  #thinOut(): void {
    this.#width *= 2;
    const older: Entry[] = [];
    let later = this.#entries.length;
    for (let latest = 0; later > 0 && latest < this.#lossesKept / 8; later -= 1) {
      latest += lossCount(this.#entries[later - 1]);
    }
    for (const entry of this.#entries.splice(0, later)) {
      const thin = thinned(entry, this.#width);
      const previous = older.at(-1);
      if (!(previous && joined(previous, thin, this.#entryLosses))) older.push(thin);
    }
    this.#entries.unshift(...older);
    this.#losses = this.#entries.reduce((sum, entry) => sum + lossCount(entry), 0);
    // Every epoch keeps one loss at least: where there are very many epochs, thinning again at once is of no use.
    this.#thinAt = Math.max(this.#lossesKept, Math.ceil(1.5 * this.#losses));
  }

  #wake(): void {
    for (const resolve of [...this.#waiting]) resolve();
  }

  /** Binary search: entries are in the order of their numbers. */
  #indexAfter(sequence: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.last ?? 0) > sequence) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The oldest lies a few entries back from the end at most: all before it are gone already. */
  #forgetOldestReconstructions(): void {
    let index = -1;
    for (let at = this.#entries.length - 1, seen = 0; seen < this.#reconstructions; at -= 1) {
      if (this.#entries[at]?.event.kind !== 'reconstructions') continue;
      seen += 1;
      index = at;
    }
    this.#reconstructions -= 1;
    this.#entries.splice(index, 1);
    const before = this.#entries[index - 1];
    const behind = this.#entries[index];
    if (before && behind && merge(before, behind, this.#entryLosses)) this.#entries.splice(index, 1);
  }
}

/** Lets `previous` stand for both, where both are progress of one epoch. */
function merge(previous: Entry, next: Entry, most: number): boolean {
  const { event: a } = previous;
  const { event: b } = next;
  if (a.kind !== 'progress' || b.kind !== 'progress' || a.epoch !== b.epoch) return false;
  if (previous.marks || next.marks) return false;
  if (a.losses.length + b.losses.length > most) return false;
  const event: Progress = { ...b, firstStep: a.firstStep, losses: [...a.losses, ...b.losses] };
  previous.event = event;
  const forgotten = Array.from(
    { length: next.first - previous.last - 1 },
    (_, index) => previous.last + 1 + index,
  );
  previous.gaps = [...previous.gaps, ...forgotten, ...next.gaps];
  previous.last = next.last;
  return true;
}

function lossCount(entry: Entry | undefined): number {
  return entry?.event.kind === 'progress' ? entry.event.losses.length : 0;
}

/** The entry with each loss standing for up to `width` steps; anything but progress as it is. */
function thinned(entry: Entry, width: number): Entry {
  const { event } = entry;
  if (event.kind !== 'progress') return entry;
  const marks = entry.marks ?? sequencesOf(entry, event.losses.length);
  const lastOf = (index: number) => event.lastSteps?.[index] ?? event.firstStep + index;
  const thin = { losses: [] as number[], lastSteps: [] as number[], marks: [] as number[] };
  let before = event.firstStep - 1;
  let sum = 0;
  let previous = before;
  event.losses.forEach((loss, index) => {
    const last = lastOf(index);
    sum += loss * (last - previous);
    previous = last;
    const next = index + 1 < event.losses.length ? lastOf(index + 1) : Number.POSITIVE_INFINITY;
    if (next - before <= width) return;
    thin.losses.push(sum / (last - before));
    thin.lastSteps.push(last);
    thin.marks.push(marks[index] ?? entry.last);
    before = last;
    sum = 0;
  });
  const { losses, lastSteps } = thin;
  return { ...entry, gaps: [], marks: thin.marks, event: { ...event, losses, lastSteps } };
}

/** The sequence number of every loss of an entry that was not thinned out: all numbers but the gaps. */
function sequencesOf({ first, gaps }: Entry, count: number): number[] {
  const missing = new Set(gaps);
  const sequences: number[] = [];
  for (let sequence = first; sequences.length < count; sequence += 1) {
    if (!missing.has(sequence)) sequences.push(sequence);
  }
  return sequences;
}

/** Lets `previous` stand for both, where both are thinned progress of one epoch. */
function joined(previous: Entry, next: Entry, most: number): boolean {
  const { event: a } = previous;
  const { event: b } = next;
  if (a.kind !== 'progress' || b.kind !== 'progress' || a.epoch !== b.epoch) return false;
  if (!previous.marks || !next.marks || a.losses.length + b.losses.length > most) return false;
  previous.event = {
    ...b,
    firstStep: a.firstStep,
    losses: [...a.losses, ...b.losses],
    lastSteps: [...(a.lastSteps ?? []), ...(b.lastSteps ?? [])],
  };
  previous.marks = [...previous.marks, ...next.marks];
  previous.last = next.last;
  return true;
}

/** The losses from one on. */
function restOf(event: Progress, index: number): Progress {
  const firstStep = index === 0 ? event.firstStep : (event.lastSteps?.[index - 1] ?? 0) + 1;
  return {
    ...event,
    firstStep,
    losses: event.losses.slice(index),
    lastSteps: event.lastSteps?.slice(index),
  };
}
