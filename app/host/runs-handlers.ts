import type { Handlers } from '../../shared/ipc/handlers';
import type { RunKeeper } from './run-keeper';
import { following, newest } from './state-stream';

/** Adds what windows are answered about the runs that were kept. */
export function addRunsHandlers(handlers: Handlers, keeper: RunKeeper): Handlers {
  const { runs } = keeper;
  return handlers
    .onCall('runs.list', () => runs.list())
    .onCall('runs.open', ({ id }) => runs.open(id))
    .onCall('runs.film', async ({ id }) => ({ film: await runs.film(id) }))
    .onCall('runs.label', async ({ id, ...change }) => {
      await runs.label(id, change);
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
