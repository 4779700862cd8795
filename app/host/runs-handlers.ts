import type { Handlers } from '../../shared/ipc/handlers';
import type { RunKeeper } from './run-keeper';

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
      async (_, { emit, signal }) => {
        void emit(keeper.state);
        const stop = keeper.onState((state) => void emit(state));
        await new Promise<void>((resolve) => signal.addEventListener('abort', resolve));
        stop();
      },
      // A reader that is far behind lists the runs once.
      (_, next) => next,
    );
}
