import { dataSchema } from '../../shared/document/data-reference';
import { Cancelled } from '../../shared/errors/problem';
import type { CancelSignal } from '../../shared/ipc/cancel-signal';
import type { CallParams, CallResult } from '../../shared/ipc/contract';
import { bytesOfFloats } from '../../shared/ipc/float-bytes';
import type { Handlers } from '../../shared/ipc/handlers';
import { invalidRequest } from '../../shared/ipc/invalid-request';
import type { RunEvaluations } from '../train/run-evaluations';
import { abortSignalOf } from './abort-signal';
import type { DatasetShelf } from './dataset-shelf';

type FindEvaluations = (runId: string) => RunEvaluations;

/** Answers what is asked of a run's errors. @param find throws a Problem where there is no such run, or it was not measured */
export function addEvaluationHandlers(handlers: Handlers, shelf: DatasetShelf, find: FindEvaluations): void {
  handlers
    .onCall('run.errors', ({ runId }) => errorsOf(find(runId)))
    .onCall('run.evaluateOther', (params, { signal }) =>
      evaluateOther(find(params.runId), shelf, params, signal),
    )
    .onCall('run.evaluatedSamples', ({ runId, group, places }) => find(runId).show(group, places));
}

async function evaluateOther(
  evaluations: RunEvaluations,
  shelf: DatasetShelf,
  { reference, baseFolder }: CallParams<'run.evaluateOther'>,
  signal: CancelSignal,
): Promise<{ name: string }> {
  const parsed = dataSchema.safeParse(reference);
  if (!parsed.success) throw invalidRequest('run.evaluateOther', parsed.error);
  const control = { signal: abortSignalOf(signal) };
  const { dataset } = await shelf.load(parsed.data, baseFolder, control);
  const measured = await evaluations.measureOther(dataset, async () => !signal.aborted);
  if (!measured) throw new Cancelled();
  return { name: dataset.name };
}

function errorsOf({ groups }: RunEvaluations): CallResult<'run.errors'> {
  return {
    groups: groups.map(({ name, metrics, errors }) => ({
      name,
      metrics,
      errors: bytesOfFloats(errors),
    })),
  };
}
