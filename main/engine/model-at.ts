import type { TrainedModelPlace } from '../../shared/ipc/model-schemas';
import { trainedModelOf } from '../models/model-of-run';
import type { ModelShelf } from '../models/model-shelf';
import { openModel } from '../models/open-model';
import type { TrainedModel } from '../models/trained-model';
import type { ModelHandlersContext } from './model-handlers';

/**
 * Finds a trained model.
 *
 * @throws ProblemError as `openModel`; MODEL_UNKNOWN where an opened one was let go, RUN_UNKNOWN where the engine holds another run,
 *   MODEL_RUN_GOING_ON where that does not rest
 */
export type ModelAt = (place: TrainedModelPlace) => Promise<TrainedModel>;

/** @param held the run of an id. @throws ProblemError where another is held */
export function modelFinder(
  models: ModelShelf,
  held: (runId: string) => NonNullable<ReturnType<ModelHandlersContext['held']>>,
): ModelAt {
  return async (place) => {
    if ('folder' in place) return openModel(place.folder);
    if ('opened' in place) return models.find(place.opened);
    const { run, model, document } = held(place.held);
    return model ?? trainedModelOf(run, document);
  };
}
