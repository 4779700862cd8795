import type { Film, RunEvent } from '../../shared/ipc/contract';
import { valueCount } from '../../shared/tensors/shape';

type Reconstructions = Extract<RunEvent, { kind: 'reconstructions' }>;

interface Frame {
  /** Which of all that came it was, from 0. */
  readonly arrival: number;
  readonly shown: Reconstructions;
}

export interface FilmLimits {
  readonly frames: number;
  readonly bytes: number;
}

const USUAL: FilmLimits = { frames: 60, bytes: 24 * 1024 * 1024 };
/** However large they are: where it began and where it stands. */
const FEWEST = 2;

/**
 * The reconstructions of a run at intervals, to be looked at back and forth. It stays bounded: when there are too many
 * frames or bytes, every second frame is let go and every second that comes passed over, so that those kept lie evenly over
 * all that came, the first and the latest among them.
 */
export class FilmStrip {
  readonly #limits: FilmLimits;
  #frames: Frame[] = [];
  #arrivals = 0;
  #stride = 1;

  constructor(limits: FilmLimits = USUAL) {
    this.#limits = limits;
  }

  /** Begins with the film of a run that is gone on with, up to the step that it goes on from. */
  goOnFrom(film: Film, step: number): void {
    for (const shown of framesOf(film)) if (shown.step <= step) this.add(shown);
  }

  add(shown: Reconstructions): void {
    const arrival = this.#arrivals++;
    const latest = this.#frames.at(-1);
    // The latest stands there until another comes, whether its turn it was or not.
    if (latest && !this.#isInTurn(latest)) this.#frames.pop();
    this.#frames.push({ arrival, shown });
    while (this.#isTooLarge && this.#frames.length > FEWEST) {
      this.#stride *= 2;
      this.#frames = this.#frames.filter(
        (frame, index) => this.#isInTurn(frame) || index === this.#frames.length - 1,
      );
    }
  }

  /** All that is kept; null before the first reconstructions. */
  film(): Film | null {
    const shown = this.#frames.map((frame) => frame.shown);
    const [first] = shown;
    if (!first) return null;
    return {
      steps: shown.map(({ step }) => step),
      originals: first.originals,
      ...(first.seen && { seen: first.seen }),
      frames: joined(shown.map(({ reconstructions }) => reconstructions.pixels)),
      watched: shown.map(({ watched }) => {
        if (!watched) return null;
        const { places, pinned, errors } = watched;
        return { places, pinned, ...(errors && { errors }) };
      }),
      watchedOriginals: joined(shown.flatMap(({ watched }) => watched?.originals.pixels ?? [])),
      watchedFrames: joined(shown.flatMap(({ watched }) => watched?.reconstructions.pixels ?? [])),
    };
  }

  #isInTurn({ arrival }: Frame): boolean {
    return arrival % this.#stride === 0;
  }

  get #isTooLarge(): boolean {
    const bytes = this.#frames.reduce((sum, { shown }) => sum + bytesOf(shown), 0);
    return this.#frames.length > this.#limits.frames || bytes > this.#limits.bytes;
  }
}

/** Each frame of a film as it was told. */
function framesOf({ steps, originals, seen, frames, watched, ...further }: Film): Reconstructions[] {
  const { count, shape } = originals;
  const size = valueCount(shape);
  let told = 0;
  return steps.map((step, at): Reconstructions => {
    const more = watched[at] ?? null;
    const [from, to] = [told * size, (told + (more?.places.length ?? 0)) * size];
    told += more?.places.length ?? 0;
    const block = (pixels: Uint8Array, many: number) => ({ count: many, shape, pixels });
    return {
      kind: 'reconstructions',
      step,
      originals,
      ...(seen && { seen }),
      reconstructions: block(frames.slice(at * count * size, (at + 1) * count * size), count),
      ...(more && {
        watched: {
          ...more,
          originals: block(further.watchedOriginals.slice(from, to), more.places.length),
          reconstructions: block(further.watchedFrames.slice(from, to), more.places.length),
        },
      }),
    };
  });
}

/** What a frame takes by itself: the originals are the same in all. */
function bytesOf({ reconstructions, watched }: Reconstructions): number {
  return (
    reconstructions.pixels.length +
    2 * (watched ? watched.places.length * valueCount(watched.originals.shape) : 0)
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
