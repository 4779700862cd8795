import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DataReference } from '../../shared/document/graph-document';
import { Cancelled } from '../../shared/errors/problem';
import type { Dataset, LoadControl } from '../data/dataset';
import { openDataset } from '../data/open-dataset';

interface Loaded {
  readonly key: string;
  readonly stamp: string;
  readonly dataset: Dataset;
}

/** Entries of a folder whose change is noticed; a change further down shows in the dates of these. */
const STAMPED_ENTRIES = 10_000;

/**
 * Keeps the last few data sets that were loaded, so that browsing and training share one copy. One is loaded at a
 * time: whoever asks for the same meanwhile gets it when it is there.
 */
export class DatasetShelf {
  readonly #kept: number;
  readonly #open: typeof openDataset;
  /** The last used first. */
  #loaded: Loaded[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  constructor(kept = 2, open = openDataset) {
    this.#kept = kept;
    this.#open = open;
  }

  /**
   * @returns the data set, and a key that finds it again with `find` while it is kept
   * @throws ProblemError as `openDataset`; Cancelled where the signal is raised, also while waiting
   */
  load(
    reference: DataReference,
    baseFolder: string | null,
    control: LoadControl = {},
  ): Promise<{ readonly key: string; readonly dataset: Dataset }> {
    const turn = this.#queue.then(async () => {
      if (control.signal?.aborted) throw new Cancelled();
      const key = keyOf(reference, baseFolder);
      const stamp = await stampOf(reference, baseFolder);
      const present = this.#loaded.find((one) => one.key === key && one.stamp === stamp);
      // What is there no longer counts while the new one is read: both might not fit.
      this.#loaded = this.#loaded.filter((one) => one.key !== key).slice(0, this.#kept - 1);
      const dataset = present?.dataset ?? (await this.#open(reference, baseFolder, control));
      this.#loaded.unshift({ key, stamp, dataset });
      return { key, dataset };
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  find(key: string): Dataset | null {
    return this.#loaded.find((one) => one.key === key)?.dataset ?? null;
  }
}

/** What is loaded follows from this alone: shape and fingerprint say what was seen before, the filter and the scaling come after. */
function keyOf(reference: DataReference, baseFolder: string | null): string {
  const { shape: _shape, fingerprint: _fingerprint, filter: _filter, ...source } = reference;
  const place =
    'path' in source
      ? { ...source, path: resolve(baseFolder ?? '.', source.path), scaling: undefined }
      : source;
  return createHash('sha256').update(JSON.stringify(place)).digest('hex').slice(0, 32);
}

/** Differs when the files were changed since: their dates and sizes. Empty where there are none to be seen. */
async function stampOf(reference: DataReference, baseFolder: string | null): Promise<string> {
  if (!('path' in reference)) return '';
  const path = resolve(baseFolder ?? '.', reference.path);
  const seen = createHash('sha256');
  const add = async (one: string) => {
    const { mtimeMs, size } = await stat(one);
    seen.update(`${one}\n${mtimeMs}\n${size}\n`);
  };
  try {
    await add(path);
    if ((await stat(path)).isDirectory()) {
      const names = (await readdir(path)).sort().slice(0, STAMPED_ENTRIES);
      for (const name of names) await add(join(path, name)).catch(() => seen.update(`${name}?`));
    }
  } catch {
    // Opening it will say what is wrong.
    return '';
  }
  return seen.digest('hex');
}
