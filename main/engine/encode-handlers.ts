import { resolve } from 'node:path';
import type { StreamEvent } from '../../shared/ipc/contract';
import type { Handlers } from '../../shared/ipc/handlers';
import { valueCount } from '../../shared/tensors/shape';
import { referenceFor } from '../data/open-dataset';
import { openEngine } from '../execute/engines';
import { transformData } from '../models/transform-data';
import { abortSignalOf } from './abort-signal';
import type { ModelAt } from './model-at';

type EncodeEvent = StreamEvent<'model.encode'>;

/** Answers what is asked of models and whole data sets. */
export function addEncodeHandlers(handlers: Handlers, modelAt: ModelAt, engines = { openEngine }): void {
  handlers.onStream(
    'model.encode',
    async ({ model: place, data, out, engine }, { emit, signal }) => {
      const calledOff = abortSignalOf(signal);
      const model = await modelAt(place);
      const reference = await referenceFor(resolve(data), { signal: calledOff });
      const executor = await engines.openEngine(engine);
      const { count, shape, notes } = await transformData(
        { executor, model, what: 'encode', data: reference, baseFolder: null, out },
        {
          signal: calledOff,
          onProgress: ({ done, total, unit }) => void emit({ kind: 'progress', done, total, unit }),
        },
      );
      const values = valueCount(shape);
      await emit({ kind: 'written', path: out, codes: count, values, notes: [...notes] });
    },
    newestProgress,
  );
}

function newestProgress(previous: EncodeEvent, next: EncodeEvent): EncodeEvent | null {
  return previous.kind === 'progress' && next.kind === 'progress' ? next : null;
}
