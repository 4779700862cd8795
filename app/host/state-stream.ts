import type { StreamEvent, StreamName } from '../../shared/ipc/contract';
import type { StreamHandler } from '../../shared/ipc/handlers';

/**
 * Answers a stream that lasts until its window lets go.
 *
 * @param follow tells what there is to tell by then, and from then on; returns what ends that
 */
export function following<S extends StreamName>(
  follow: (tell: (event: StreamEvent<S>) => void) => () => void,
): StreamHandler<S> {
  return async (_, { emit, signal }) => {
    const stop = follow((event) => void emit(event));
    await new Promise<void>((resolve) => signal.addEventListener('abort', resolve));
    stop();
  };
}

/** How a reader that is far behind is told of a state: the newest alone. */
export function newest<E>(_: E, next: E): E {
  return next;
}
