import { isAbsolute, resolve } from 'node:path';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { Handlers } from '../../shared/ipc/handlers';
import type { KeptRuns } from '../files/kept-runs';
import type { EngineHost } from './engine-host';

/** Adds what windows are answered about exports: where a run lies is the host's to know, and what is written the engine's. */
export function addExportHandlers(handlers: Handlers, runs: KeptRuns, engine: EngineHost): Handlers {
  return handlers
    .onCall('exports.offers', ({ run, name }, { signal }) =>
      engine.asker.call('model.exportOffers', { model: runs.folderOf(run), name }, { signal }),
    )
    .onCall('exports.write', ({ run, path, ...order }, { signal }) => {
      const wanted = { ...order, model: runs.folderOf(run), path: absolute(path) };
      return engine.asker.call('model.export', wanted, { signal });
    });
}

/** @throws ProblemError where a path is not absolute, or holds a zero byte, which ends it for the system */
function absolute(path: string): string {
  if (path.includes('\0') || !isAbsolute(path)) throw new ProblemError(problem('EXPORT_PLACE', { path }));
  return resolve(path);
}
