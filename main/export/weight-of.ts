import type { Tensor } from '../execute/executor';
import type { TrainedModel } from '../models/trained-model';

/** A weight of a model. @throws Error where it is not there, which opening a model has made sure of */
export function weightOf({ weights }: Pick<TrainedModel, 'weights'>, name: string): Tensor {
  const tensor = weights.get(name);
  if (!tensor) throw new Error(`The model has no weight ${name}.`);
  return tensor;
}
