import type { Handlers } from '../../shared/ipc/handlers';
import type { KeptSettings } from '../files/kept-settings';
import { chosenEngine } from './chosen-engine';
import type { CodeSweep } from './code-sweep';

/** Adds what windows are answered about sweeps of code sizes. */
export function addSweepHandlers(handlers: Handlers, sweep: CodeSweep, settings: KeptSettings): Handlers {
  return handlers
    .onCall('sweep.start', (params) => sweep.start(chosenEngine(params, settings)))
    .onCall('sweep.stop', async () => {
      await sweep.stop();
      return {};
    })
    .onStream(
      'host.sweep',
      async (_, { emit, signal }) => {
        void emit({ sweep: sweep.state });
        const stop = sweep.onState((state) => void emit({ sweep: state }));
        await new Promise<void>((resolve) => signal.addEventListener('abort', resolve));
        stop();
      },
      (_, next) => next,
    );
}
