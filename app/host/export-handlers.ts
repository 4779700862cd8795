import { isAbsolute, resolve } from 'node:path';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { Handlers } from '../../shared/ipc/handlers';
import { exportPath } from '../files/export-path';
import type { KeptRuns } from '../files/kept-runs';
import type { EngineHost } from './engine-host';
import { modelPlace } from './model-place';

/** Adds what windows are answered about exports: where a run lies is the host's to know, and what is written the engine's. */
export function addExportHandlers(handlers: Handlers, runs: KeptRuns, engine: EngineHost): Handlers {
  return handlers
    .onCall('exports.offers', ({ model, name }, { signal }) =>
      engine.asker.call('model.exportOffers', { model: modelPlace(model, runs), name }, { signal }),
    )
    .onCall('exports.write', ({ model, path, ...order }, { signal }) => {
      const wanted = { ...order, model: modelPlace(model, runs), path: absolute(path) };
      return engine.asker.call('model.export', wanted, { signal });
    })
    .onCall('exports.report', async ({ model, path, ...order }, { signal }) => {
      const wanted = { ...order, model: modelPlace(model, runs), path: exportPath(path, ['.html']) };
      return { path: wanted.path, ...(await engine.asker.call('model.report', wanted, { signal })) };
    });
}

/** @throws ProblemError where a path is not absolute, or holds a zero byte, which ends it for the system */
function absolute(path: string): string {
  if (path.includes('\0') || !isAbsolute(path)) throw new ProblemError(problem('EXPORT_PLACE', { path }));
  return resolve(path);
}
