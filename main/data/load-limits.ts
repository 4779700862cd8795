import { totalmem } from 'node:os';
import { Cancelled } from '../../shared/errors/problem';
import type { DataLimits, LoadControl } from './dataset';

const GIB = 2 ** 30;

/**
 * The bounds of a load: what `control` sets, else at most 4 GiB and half of the machine's memory for samples,
 * 64 million pixels a picture, and a million files.
 */
export function limitsOf(control: LoadControl): DataLimits {
  return {
    bytes: Math.min(4 * GIB, totalmem() / 2),
    picturePixels: 64 * 2 ** 20,
    files: 1_000_000,
    ...control.limits,
  };
}

/** @throws Cancelled where the load was called off. */
export function throwIfCancelled(control: LoadControl): void {
  if (control.signal?.aborted) throw new Cancelled('Loading was cancelled.');
}

/** `1.5 GiB`, `37 MiB`, `812 bytes`: sizes as Problems write them. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toPrecision(2)} ${units[unit]}`;
}
