import type { TrainedModelChoice, TrainedModelPlace } from '../../shared/ipc/model-schemas';
import type { KeptRuns } from '../files/kept-runs';

/** Which trained model a window means, as the engine finds it: a kept run by the folder that it lies in. */
export function modelPlace(choice: TrainedModelChoice, runs: Pick<KeptRuns, 'folderOf'>): TrainedModelPlace {
  return 'run' in choice ? { folder: runs.folderOf(choice.run) } : choice;
}
