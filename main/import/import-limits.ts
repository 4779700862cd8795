import type { Hdf5Limits } from '../hdf5/hdf5-content';

/** Bounds of what is read; tests take smaller ones. */
export interface ImportLimits {
  /** Of a file that is read whole. */
  readonly fileBytes: number;
  /** Of a config in JSON. */
  readonly configBytes: number;
  /** Of all weights together, as float32. */
  readonly weightBytes: number;
  readonly nodes: number;
  readonly hdf5: Partial<Hdf5Limits>;
}

export const IMPORT_LIMITS: ImportLimits = {
  fileBytes: 1024 ** 3,
  configBytes: 32 * 1024 ** 2,
  weightBytes: 1024 ** 3,
  nodes: 20_000,
  hdf5: {},
};
