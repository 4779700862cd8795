import type { Handlers } from '../../shared/ipc/handlers';
import type { KeptSettings } from '../files/kept-settings';
import { chosenEngine } from './chosen-engine';
import type { CodeSweep } from './code-sweep';
import { following, newest } from './state-stream';

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
      following((tell) => {
        tell({ sweep: sweep.state });
        return sweep.onState((state) => tell({ sweep: state }));
      }),
      newest,
    );
}
