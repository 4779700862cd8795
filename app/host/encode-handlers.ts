import { isAbsolute } from 'node:path';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { StreamParams } from '../../shared/ipc/contract';
import type { Handlers } from '../../shared/ipc/handlers';
import { exportPath } from '../files/export-path';
import type { KeptRuns } from '../files/kept-runs';
import type { KeptSettings } from '../files/kept-settings';
import { chosenEngine } from './chosen-engine';
import type { EngineHost } from './engine-host';
import { modelPlace } from './model-place';

const ENDINGS = ['.npy', '.csv', '.parquet'];

/** Adds the encoding of data sets by trained weights: which folder a kept run is, and where it may be written, is the host's to say. */
export function addEncodeHandlers(
  handlers: Handlers,
  { engine, runs, settings }: { engine: EngineHost; runs: KeptRuns; settings: KeptSettings },
): Handlers {
  return handlers.onStream('runs.encode', async ({ model, data, out }, { emit, signal }) => {
    if (data.includes('\0') || !isAbsolute(data)) {
      throw new ProblemError(problem('DATA_PATH_MISSING', { path: data }));
    }
    const order: StreamParams<'model.encode'> = {
      model: modelPlace(model, runs),
      data,
      out: exportPath(out, ENDINGS),
    };
    const stream = engine.asker.stream('model.encode', chosenEngine(order, settings), emit);
    signal.addEventListener('abort', () => stream.cancel());
    await stream.ended;
  });
}
