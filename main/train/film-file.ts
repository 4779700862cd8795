import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Film } from '../../shared/ipc/contract';
import type { Tensor } from '../execute/executor';
import { readSafetensors } from './read-safetensors';
import { FILM_FILE } from './run-files';
import { safetensorsBytes } from './safetensors';

const watchedSchema = z.array(
  z.object({ places: z.array(z.int()), pinned: z.int(), errors: z.array(z.number()).optional() }).nullable(),
);
const stepsSchema = z.array(z.int()).min(1);

/**
 * A film as a safetensors file: `originals` [samples, …], `frames` [frames, samples, …] and, where there are such, `seen`
 * [samples, …], `watched/originals` and `watched/reconstructions` [samples of all frames, …], all uint8. The metadata holds
 * `steps` and `watched` (which samples each frame has) as JSON.
 */
export function filmBytes(film: Film): Uint8Array {
  const { steps, originals, seen, watched } = film;
  const { shape } = originals;
  const tensors = new Map<string, Tensor>([
    ['originals', bytesTensor([originals.count, ...shape], originals.pixels)],
    ['frames', bytesTensor([steps.length, originals.count, ...shape], film.frames)],
  ]);
  if (seen) tensors.set('seen', bytesTensor([seen.count, ...seen.shape], seen.pixels));
  const count = watchedCount(watched);
  if (count > 0) {
    tensors.set('watched/originals', bytesTensor([count, ...shape], film.watchedOriginals));
    tensors.set('watched/reconstructions', bytesTensor([count, ...shape], film.watchedFrames));
  }
  const metadata = {
    format: 'hourglass-film',
    steps: JSON.stringify(steps),
    watched: JSON.stringify(watched),
  };
  return safetensorsBytes(tensors, metadata);
}

/** @throws Error, where these are not the bytes of a film, that says what is wrong */
export function filmFrom(bytes: Uint8Array): Film {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.format !== 'hourglass-film') throw new Error('it is not a film');
  const steps = stepsSchema.parse(JSON.parse(metadata.steps ?? ''));
  const watched = watchedSchema.parse(JSON.parse(metadata.watched ?? ''));
  const originals = pixelsOf(tensors.get('originals'), 'originals');
  const [count = 0, ...shape] = originals.shape;
  const frames = pixelsOf(tensors.get('frames'), 'frames');
  if (frames.shape.join() !== [steps.length, count, ...shape].join() || watched.length !== steps.length)
    throw new Error('its frames are not as many as its steps');
  const seen = tensors.get('seen');
  const further = watchedCount(watched);
  const furtherOf = (name: string) => {
    if (further === 0) return new Uint8Array(0);
    const tensor = pixelsOf(tensors.get(name), name);
    if (tensor.shape.join() !== [further, ...shape].join()) throw new Error(`“${name}” is of another size`);
    return tensor.pixels;
  };
  return {
    steps,
    originals: { count, shape, pixels: originals.pixels },
    ...(seen && { seen: seenBlock(pixelsOf(seen, 'seen')) }),
    frames: frames.pixels,
    watched,
    watchedOriginals: furtherOf('watched/originals'),
    watchedFrames: furtherOf('watched/reconstructions'),
  };
}

/** The film in a run's folder; null where there is none that can be read. */
export async function filmIn(folder: string): Promise<Film | null> {
  try {
    return filmFrom(await readFile(join(folder, FILM_FILE)));
  } catch {
    return null;
  }
}

function watchedCount(watched: Film['watched']): number {
  return watched.reduce((sum, frame) => sum + (frame?.places.length ?? 0), 0);
}

function bytesTensor(shape: number[], data: Uint8Array): Tensor {
  return { dtype: 'uint8', shape, data };
}

function pixelsOf(tensor: Tensor | undefined, name: string) {
  if (!tensor || !(tensor.data instanceof Uint8Array)) throw new Error(`it has no bytes called “${name}”`);
  return { shape: [...tensor.shape], pixels: tensor.data };
}

function seenBlock({ shape: [count = 0, ...shape], pixels }: { shape: number[]; pixels: Uint8Array }) {
  return { count, shape, pixels };
}
