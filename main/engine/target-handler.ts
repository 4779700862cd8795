import type { CancelSignal } from '../../shared/ipc/cancel-signal';
import type { CallParams } from '../../shared/ipc/contract';
import type { Handlers } from '../../shared/ipc/handlers';
import { pcaLine, pcaLineOf } from '../train/pca-line';
import { prepareRun } from '../train/run-preparation';
import { abortSignalOf } from './abort-signal';
import type { Opened } from './trial-handlers';

/** Answers what line a run is to beat, before there is one: PCA works in a thread of low priority, whatever else goes on. */
export function addTargetHandler(
  handlers: Handlers,
  open: (params: CallParams<'run.start'>, signal: CancelSignal) => Promise<Opened>,
): void {
  handlers.onCall('run.target', async (params, { signal }) => {
    const { document, dataset, executor } = await open(params, signal);
    const prepared = prepareRun(document, dataset);
    const wanted = pcaLineOf(prepared, executor);
    return {
      line: wanted && (await pcaLine(wanted, abortSignalOf(signal))),
      steps: prepared.stepsPerEpoch * document.training.epochs,
    };
  });
}
