/** An array of numbers, as floats. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Bounds of an HDF5 file; tests take smaller ones. */
export interface Hdf5Limits {
  /** Groups and arrays together. */
  readonly objects: number;
  /** Groups in groups. */
  readonly depth: number;
  /** Of all arrays together, unpacked. */
  readonly bytes: number;
  /** How many times the file’s own size the arrays may have, beyond `freeBytes`. */
  readonly ratio: number;
  readonly freeBytes: number;
  /** How long reading may take: a damaged file can lead the library in circles. */
  readonly milliseconds: number;
}

export const HDF5_LIMITS: Hdf5Limits = {
  objects: 20_000,
  depth: 32,
  bytes: 1024 ** 3,
  ratio: 100,
  freeBytes: 64 * 1024 ** 2,
  milliseconds: 120_000,
};

/** What of an HDF5 file Keras has a use for. */
export interface Hdf5Content {
  /** Arrays of numbers by their paths, without a slash in front: `layers/dense/vars/0`. */
  readonly datasets: ReadonlyMap<string, StoredTensor>;
  /** Texts that belong to groups, by the group’s path and the attribute’s name: ` model_config` of the root. */
  readonly texts: ReadonlyMap<string, string | readonly string[]>;
}

/** Why a file was not read: said by the thread that reads, made a Problem by the one that asked. */
export type Hdf5Refusal =
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'too-many'; readonly limit: number }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limit: number };

export type Hdf5Answer = { readonly content: Hdf5Content } | { readonly refusal: Hdf5Refusal };

export function textKey(group: string, name: string): string {
  return `${group} ${name}`;
}
