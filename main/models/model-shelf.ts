import { randomUUID } from 'node:crypto';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { ModelFile } from './model-file';
import type { TrainedModel } from './trained-model';

/** Weights may be large, and a window shows one model at a time. */
const KEPT = 2;

/** The models that windows opened last, by ids. */
export class ModelShelf {
  /** The last used first. */
  #models: { readonly id: string; readonly model: ModelFile }[] = [];

  constructor(private readonly kept = KEPT) {}

  /** Keeps a model; the one used least recently is let go where there are too many. @returns its id */
  put(model: ModelFile): string {
    const id = randomUUID();
    this.#models = [{ id, model }, ...this.#models].slice(0, this.kept);
    return id;
  }

  /** @throws ProblemError MODEL_UNKNOWN where it was let go, or never was there */
  find(id: string): ModelFile {
    const found = this.#models.find((one) => one.id === id);
    if (!found) throw new ProblemError(problem('MODEL_UNKNOWN', undefined));
    this.#models = [found, ...this.#models.filter((one) => one !== found)];
    return found.model;
  }
}

/** A model of which nothing is known but itself, such as one of another program. */
export function plainModel(model: TrainedModel, app: string): ModelFile {
  const manifest = {
    format: 'hourglass-model',
    version: 1,
    app,
    saved: Date.now(),
    engine: null,
    trained: '',
    data: null,
  } as const;
  const { document, weights, preprocessing } = model;
  return {
    ...{ document, weights, preprocessing, manifest },
    state: null,
    history: { epochs: [], losses: [] },
    metrics: { ending: null, pca: null },
    thumbnail: null,
  };
}
