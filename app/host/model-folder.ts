import type { CallParams } from '../../shared/ipc/contract';
import type { KeptRuns } from '../files/kept-runs';

/** What a run is asked for with: where it is to begin with a kept run's weights, the folder that this lies in. */
export function withModelFolder<P extends Pick<CallParams<'run.start'>, 'weights'>>(
  params: P,
  runs: Pick<KeptRuns, 'folderOf'>,
): P {
  const { weights } = params;
  const from = weights?.model?.from;
  if (!weights?.model || !from || !('run' in from)) return params;
  const model = { ...weights.model, from: { path: runs.folderOf(from.run) } };
  return { ...params, weights: { ...weights, model } };
}
