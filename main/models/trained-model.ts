import type { GraphDocument } from '../../shared/document/graph-document';
import type { FittedScaling } from '../data/dataset';
import type { Tensor } from '../execute/executor';

/** What is done to samples before the model sees them, and undone to what it makes. */
export interface Preprocessing {
  /** How samples come in files: `uint8` stands for value / 255, `float32` for itself. */
  readonly dtype: 'uint8' | 'float32';
  /** How numbers were scaled for training; null where they were left as they are. */
  readonly scaling: FittedScaling | null;
  /** Of a table: the columns that make a sample, in their order; null elsewhere. */
  readonly columns: readonly string[] | null;
}

/** A trained autoencoder, wherever it came from: a run's folder, a model file, another program. */
export interface TrainedModel {
  /** Its drawing, with the shape of the data it was trained on. */
  readonly document: GraphDocument;
  /** Every tensor of the plan's `weightState`, by name (`conv-1/kernel`): float32, channels last, kernels HWIO. */
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly preprocessing: Preprocessing;
}
