import type { Transport } from '../../shared/ipc/transport';
import type { getTensorFlow } from './get-tensorflow';
import { type FetchNews, orderSchema } from './tensorflow-messages';

const MAKERS = 'Send this line to the makers of Hourglass; until then the ONNX engine trains.';

/**
 * The fetching end: takes one order, tells how it goes and how it ended. Called off by the host, or by its end:
 * then all that was started ends too.
 *
 * @returns when nothing of it goes on any more
 */
export function answerFetchOrders(transport: Transport, get: typeof getTensorFlow): Promise<void> {
  const control = new AbortController();
  const tell = (news: FetchNews) => transport.post(news);
  return new Promise((resolve) => {
    let begun = false;
    transport.onClose(() => {
      control.abort();
      if (!begun) resolve();
    });
    transport.onMessage((message) => {
      const order = orderSchema.parse(message);
      if (order.kind === 'cancel') control.abort();
      if (order.kind === 'cancel' || begun) return;
      begun = true;
      get({
        env: process.env,
        cacheFolder: order.cacheFolder,
        again: true,
        signal: control.signal,
        onLine: (line) => tell({ kind: 'line', line }),
        onBytes: (done, total) => tell({ kind: 'bytes', done, total }),
      })
        .then(
          (result) => {
            switch (result.outcome) {
              case 'here':
                return tell({ kind: 'ended', result });
              case 'forbidden':
                return tell({ kind: 'ended', result: { outcome: 'cancelled' } });
              case 'failed': {
                const { reason, cure } = result;
                return tell({ kind: 'ended', result: { outcome: 'failed', reason, cure } });
              }
            }
          },
          (error: unknown) => {
            // Whatever work throws after it was called off is the calling off.
            if (control.signal.aborted) return tell({ kind: 'ended', result: { outcome: 'cancelled' } });
            const reason = error instanceof Error ? error.message : String(error);
            tell({ kind: 'ended', result: { outcome: 'failed', reason, cure: MAKERS } });
          },
        )
        .finally(resolve);
    });
  });
}
