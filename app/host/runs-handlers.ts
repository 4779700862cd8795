import type { Asker } from '../../shared/ipc/client';
import type { Handlers } from '../../shared/ipc/handlers';
import type { RunKeeper } from './run-keeper';
import { following, newest } from './state-stream';

/** Has the engine begin a run, and sees to it that it is kept. @throws ProblemError where none may begin */
export type BeginRun = <T extends { readonly runId: string }>(start: () => Promise<T>) => Promise<T>;

interface RunsParts {
  readonly keeper: RunKeeper;
  readonly engine: Asker;
  readonly begin: BeginRun;
}

/** Adds what windows are answered about the runs that were kept, and those that were interrupted. */
export function addRunsHandlers(handlers: Handlers, { keeper, engine, begin }: RunsParts): Handlers {
  const { runs } = keeper;
  return handlers
    .onCall('runs.list', () => runs.list())
    .onCall('runs.open', ({ id }) => runs.open(id))
    .onCall('runs.film', async ({ id }) => ({ film: await runs.film(id) }))
    .onCall('runs.label', async ({ id, ...change }) => {
      await runs.label(id, change);
      return {};
    })
    .onCall('runs.goOn', async ({ from, id, changes = {}, keepOnly = false }, { signal }) => {
      const folder = runs.folderToGoOn(from, id);
      const begun = await begin(() => engine.call('run.goOn', { folder, changes, keepOnly }, { signal }));
      // It is among the others no more.
      runs.changed();
      return begun;
    })
    .onCall('runs.discard', async ({ id }) => {
      await runs.discard(id);
      return {};
    })
    .onCall('runs.remove', async ({ ids }) => {
      await runs.remove(ids);
      return {};
    })
    .onStream(
      'host.runs',
      following((tell) => {
        tell(keeper.state);
        return keeper.onState(tell);
      }),
      // A reader that is far behind lists the runs once.
      newest,
    );
}
