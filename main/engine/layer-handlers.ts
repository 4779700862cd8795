import { setImmediate } from 'node:timers/promises';
import { Cancelled } from '../../shared/errors/problem';
import type { CancelSignal } from '../../shared/ipc/cancel-signal';
import type { CallParams, CallResult } from '../../shared/ipc/contract';
import type { Handlers, StreamContext } from '../../shared/ipc/handlers';
import type { LayerLook } from '../../shared/ipc/layer-schemas';
import type { TrainingRun } from '../train/training-run';

type FindRun = (runId: string) => TrainingRun;

/** Answers what is asked of a run's layers. @param find throws a Problem where there is no such run */
export function addLayerHandlers(handlers: Handlers, find: FindRun): void {
  handlers
    .onCall('run.layers', ({ runId }) => find(runId).layers.describe())
    .onCall('run.layerSamples', ({ runId, offset, count }) => find(runId).layers.samples(offset, count))
    .onCall('run.layerActivations', ({ runId, layerId, sample }) => {
      const run = find(runId);
      return run.layers.activations(run.weightsNow(), layerId, sample);
    })
    .onCall('run.layerWeights', ({ runId, layerId }) => {
      const run = find(runId);
      return run.layers.weights(run.weightsNow(), layerId);
    })
    .onCall('run.layerHistory', ({ runId, layerId }) => find(runId).layers.history(layerId))
    .onCall('run.exportLayer', (params, { signal }) => exportLayer(find(params.runId), params, signal))
    .onStream('run.layerLooks', ({ runId, place }, context) => tellLooks(find(runId), place, context));
}

async function exportLayer(
  run: TrainingRun,
  { layerId, of, path }: CallParams<'run.exportLayer'>,
  signal: CancelSignal,
): Promise<CallResult<'run.exportLayer'>> {
  const go = async () => {
    await setImmediate();
    return !signal.aborted;
  };
  const written = await run.layers.export(run.weightsNow(), layerId, of, path, go);
  if (!written) throw new Cancelled();
  return written;
}

/** Tells looks as fast as the reader takes them: of those that come meanwhile, only the newest. */
async function tellLooks(
  run: TrainingRun,
  place: number,
  { emit, signal }: StreamContext<LayerLook>,
): Promise<void> {
  let newest: LayerLook | null = null;
  let isOver = false;
  let wake = () => {};
  const stop = run.layers.watch(
    place,
    (look) => {
      newest = look;
      wake();
    },
    () => {
      isOver = true;
      wake();
    },
  );
  signal.addEventListener('abort', () => wake());
  // Before training has begun there is nothing to look at; the run tells when there is.
  void run.lookAtLayers().catch(() => {});
  try {
    while (!signal.aborted && !isOver) {
      const look: LayerLook | null = newest;
      newest = null;
      if (look) await emit(look);
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    stop();
  }
}
