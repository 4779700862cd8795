import { UMAP } from 'umap-js';
import { DrawKernel } from '../random/draw-kernel';
import { permutation } from '../random/philox';
import { codePlane } from './code-plane';
import { type Codes, codeStatistics } from './code-statistics';
import { nearestCodes } from './nearest-codes';

/** What is to be laid out. */
export interface UmapWish extends Codes {
  /** 0 … 2³² − 1: the same codes and seed give the same layout. */
  readonly seed: number;
  /** Where the same samples lay before (codes × 2), so that they begin there; null to begin from the plane of PCA. */
  readonly previous: Float32Array | null;
}

/** A layout that is coming to be. */
export interface UmapProgress {
  readonly stage: 'neighbours' | 'layout' | 'placing' | 'done';
  readonly done: number;
  readonly total: number;
  /** Codes × 2: where each lies; NaN for those that have no place yet. Null where nothing has changed. */
  readonly points: Float32Array | null;
}

/** Codes that are laid out themselves; the others are placed among them. */
const MOST_LAID_OUT = 5_000;
/** Multiplications that the search for neighbours may cost: two seconds or so. */
const SEARCH_BUDGET = 2e9;
const NEIGHBOURS = 15;
/** Passes of the optimization, from the plane of PCA and from a former layout. umap-js takes a third of it for placing. */
const PASSES = 300;
const PASSES_AGAIN = 99;
/** How far codes move at first, from a former layout; 1 otherwise. */
const RATE_AGAIN = 0.25;
/** A layout begins within so many units from the middle, as UMAP's own do. */
const REACH = 10;
const PLACED_AT_ONCE = 500;
/** Milliseconds between two reports. */
const TOLD_EVERY = 250;
/** The fewest codes that have neighbours worth the name. */
export const FEWEST_FOR_UMAP = 5;

/**
 * Lays codes out in a plane so that neighbours stay neighbours (UMAP; McInnes, Healy & Melville 2018), by umap-js: up to
 * 5,000 of them, chosen at random, and then the others among these. The neighbours are found exactly. A layout begins from
 * the plane of PCA, as Kobak & Linderman (2021) advise, or from a former layout, of which it then keeps the look.
 */
export function umapEmbedding(wish: UmapWish, tell: (progress: UmapProgress) => void): void {
  const { codes, size, previous } = wish;
  const count = codes.length / size;
  const fitted = chosenPlaces(count, laidOutAtMost(size), wish.seed);
  const chosen = rowsAt(wish, fitted);
  const total = fitted.length;
  tell({ stage: 'neighbours', done: 0, total, points: previous });
  const { indices, distances } = nearestCodes(chosen, Math.min(NEIGHBOURS, total - 1), (done) =>
    tell({ stage: 'neighbours', done, total, points: null }),
  );
  const random = uniformNumbers(wish.seed);
  const passes = previous ? PASSES_AGAIN : PASSES;
  const umap = new UMAP({
    nNeighbors: indices[0]?.length ?? 1,
    nEpochs: passes,
    learningRate: previous ? RATE_AGAIN : 1,
    random,
  });
  umap.setPrecomputedKNN(indices, distances);
  const rows = arraysOf(chosen);
  umap.initializeFit(rows);
  const start = previous ? placesOf(previous, fitted) : planePlaces(chosen);
  for (const [at, place] of umap.getEmbedding().entries()) {
    // A trace of noise keeps codes apart that are alike.
    place[0] = (start[2 * at] ?? 0) + 1e-3 * random();
    place[1] = (start[2 * at + 1] ?? 0) + 1e-3 * random();
  }
  const points = new Float32Array(2 * count).fill(Number.NaN);
  let last = Date.now();
  for (let pass = 1; pass <= passes; pass++) {
    umap.step();
    if (Date.now() - last < TOLD_EVERY) continue;
    last = Date.now();
    put(points, fitted, umap.getEmbedding());
    tell({ stage: 'layout', done: pass, total: passes, points: points.slice() });
  }
  put(points, fitted, umap.getEmbedding());
  const others = placesLeft(count, fitted);
  const atOnce = placedAtOnce(total);
  for (let at = 0; at < others.length; at += atOnce) {
    tell({ stage: 'placing', done: at, total: others.length, points: at === 0 ? points.slice() : null });
    const part = others.subarray(at, at + atOnce);
    put(points, part, umap.transform(arraysOf(rowsAt(wish, part))));
  }
  tell({ stage: 'done', done: count, total: count, points });
}

/** umap-js would move the codes laid out where as many are placed among them at once. */
function placedAtOnce(laidOut: number): number {
  return laidOut === PLACED_AT_ONCE ? PLACED_AT_ONCE - 1 : PLACED_AT_ONCE;
}

function laidOutAtMost(size: number): number {
  return Math.min(MOST_LAID_OUT, Math.floor(Math.sqrt(SEARCH_BUDGET / size)));
}

/** At most `most` places of `count`, at random but always the same, in order. (Evenly chosen ones may all be of one label.) */
function chosenPlaces(count: number, most: number, seed: number): Int32Array {
  return permutation(seed, 'umap/chosen', 0, count).subarray(0, most).sort();
}

function placesLeft(count: number, taken: Int32Array): Int32Array {
  const isTaken = new Uint8Array(count);
  for (const place of taken) isTaken[place] = 1;
  return Int32Array.from({ length: count }, (_, place) => place).filter((place) => isTaken[place] === 0);
}

function rowsAt({ codes, size }: Codes, places: Int32Array): Codes {
  const rows = new Float32Array(places.length * size);
  for (const [at, place] of places.entries()) {
    rows.set(codes.subarray(place * size, (place + 1) * size), at * size);
  }
  return { codes: rows, size };
}

function arraysOf({ codes, size }: Codes): number[][] {
  return Array.from({ length: codes.length / size }, (_, at) => [
    ...codes.subarray(at * size, (at + 1) * size),
  ]);
}

/** Where the plane of PCA has the codes, as wide as UMAP begins. */
function planePlaces(codes: Codes): Float32Array {
  const statistics = codeStatistics(codes);
  const plane = codePlane(codes, statistics);
  const count = codes.codes.length / codes.size;
  const places = new Float32Array(2 * count);
  let most = 0;
  for (let at = 0; at < count; at++) {
    for (let value = 0; value < codes.size; value++) {
      const off = codes.codes[at * codes.size + value]! - statistics.mean[value]!;
      places[2 * at]! += off * (plane ? plane.axes[0][value]! : 1);
      places[2 * at + 1]! += off * (plane ? plane.axes[1][value]! : 0);
    }
    most = Math.max(most, Math.abs(places[2 * at]!), Math.abs(places[2 * at + 1]!));
  }
  return most > 0 ? places.map((place) => (place * REACH) / most) : places;
}

function placesOf(points: Float32Array, places: Int32Array): Float32Array {
  const own = new Float32Array(2 * places.length);
  for (const [at, place] of places.entries()) own.set(points.subarray(2 * place, 2 * place + 2), 2 * at);
  return own;
}

function put(points: Float32Array, places: Int32Array, embedding: readonly (readonly number[])[]): void {
  for (const [at, place] of places.entries()) points.set(embedding[at] ?? [], 2 * place);
}

const NUMBERS_AT_ONCE = 65_536;

/** Seeded numbers in [0, 1), one after the other without end. */
function uniformNumbers(seed: number): () => number {
  const kernel = new DrawKernel(NUMBERS_AT_ONCE);
  const numbers = kernel.view(0, NUMBERS_AT_ONCE);
  let step = 0;
  let next = NUMBERS_AT_ONCE;
  return () => {
    if (next === NUMBERS_AT_ONCE) {
      kernel.fill({ at: 0, count: NUMBERS_AT_ONCE }, 'uniform', { seed, site: 'umap', step });
      step += 1;
      next = 0;
    }
    next += 1;
    return numbers[next - 1]!;
  };
}
