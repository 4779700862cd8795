import type { RunEvent } from '../../shared/ipc/contract';

type Progress = Extract<RunEvent, { kind: 'progress' }>;

interface Entry {
  /** Sequence numbers that the entry stands for. Progress has one for each loss, everything else a single one. */
  readonly first: number;
  last: number;
  event: RunEvent;
  /** Numbers between that no loss has: those of the reconstructions that were forgotten, in order. */
  gaps: readonly number[];
}

/** Losses in one entry, so that no event grows long. */
const MOST_LOSSES = 4096;

/**
 * What happened in a run, for readers that join at any time and read at their own speed. Nothing is kept for each
 * reader but a number. Neighbouring progress is merged, and of the reconstructions only the latest few are kept.
 */
export class RunLog {
  readonly #entries: Entry[] = [];
  readonly #reconstructionsKept: number;
  readonly #waiting = new Set<() => void>();
  #reconstructions = 0;
  #next = 0;
  #closed = false;

  constructor(reconstructionsKept = 4) {
    this.#reconstructionsKept = reconstructionsKept;
  }

  get closed(): boolean {
    return this.#closed;
  }

  append(event: RunEvent): void {
    if (this.#closed) return;
    const width = event.kind === 'progress' ? event.losses.length : 1;
    if (width === 0) return;
    const entry: Entry = { first: this.#next, last: this.#next + width - 1, event, gaps: [] };
    this.#next += width;
    const previous = this.#entries.at(-1);
    if (!(previous && merge(previous, entry))) this.#entries.push(entry);
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
    const { event, first, last, gaps } = entry;
    if (event.kind !== 'progress' || sequence < first) return { event, sequence: last };
    const read = sequence - first + 1 - gaps.filter((gap) => gap <= sequence).length;
    const rest = { ...event, firstStep: event.firstStep + read, losses: event.losses.slice(read) };
    return { event: rest, sequence: last };
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
    if (before && behind && merge(before, behind)) this.#entries.splice(index, 1);
  }
}

/** Lets `previous` stand for both, where both are progress of one epoch. */
function merge(previous: Entry, next: Entry): boolean {
  const { event: a } = previous;
  const { event: b } = next;
  if (a.kind !== 'progress' || b.kind !== 'progress' || a.epoch !== b.epoch) return false;
  if (a.losses.length + b.losses.length > MOST_LOSSES) return false;
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
