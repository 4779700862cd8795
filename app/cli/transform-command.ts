import { resolve } from 'node:path';
import { openEngine } from '../../main/execute/engines';
import type { EngineName } from '../../main/execute/executor';
import { openModel } from '../../main/models/open-model';
import { type Transformation, transformData } from '../../main/models/transform-data';
import { formatShape, valueCount } from '../../shared/tensors/shape';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';
import { type ModelDataArguments, modelData } from './model-data';
import { peakMemory } from './peak-memory';
import { interruptibly } from './run-to-end';
import { textTable } from './text-table';

export interface TransformArguments extends ModelDataArguments {
  readonly model: string;
  readonly out: string;
  readonly split?: 'train' | 'test';
  readonly batch?: number;
  readonly engine?: EngineName;
  readonly json?: boolean;
}

const WORDS: Readonly<Record<Transformation, { stage: string; event: string; rows: string }>> = {
  encode: { stage: 'Encoding', event: 'encoded', rows: 'codes' },
  decode: { stage: 'Decoding', event: 'decoded', rows: 'samples' },
  reconstruct: { stage: 'Reconstructing', event: 'reconstructed', rows: 'reconstructions' },
};

/**
 * `hourglass encode|decode|reconstruct MODEL DATA --out …`: runs a trained model over a data set, or over codes, and writes
 * what comes of it. Ctrl+C leaves the place as it was.
 */
export function transform(what: Transformation, args: TransformArguments, io: CliIo): Promise<number> {
  return interruptibly(io, async ({ signal, display }) => {
    const words = WORDS[what];
    const place = resolve(io.workingFolder, args.model);
    const model = await openModel(place);
    const { reference, baseFolder } = await modelData(model.document, place, args, io, signal);
    const executor = await openEngine(args.engine);
    signal.throwIfAborted();
    const out = resolve(io.workingFolder, args.out);
    const since = performance.now();
    const { split, batch } = args;
    const { count, shape, notes } = await transformData(
      {
        ...{ executor, model, what, data: reference, baseFolder, out },
        ...(split && { split }),
        ...(batch !== undefined && { batch }),
      },
      { signal, onProgress: (progress) => display.showLoading({ ...progress, stage: words.stage }) },
    );
    display.close();
    for (const note of notes) io.err(`${note}\n`);
    const seconds = (performance.now() - since) / 1000;
    const { name: engine, version: engineVersion } = executor.describe();
    if (args.json) {
      const figures = { count, shape, out, seconds, peakBytes: peakMemory(), engine, engineVersion };
      io.out(`${JSON.stringify({ event: words.event, ...figures })}\n`);
      return EXIT.ok;
    }
    const values = valueCount(shape).toLocaleString('en');
    io.out(
      textTable([
        [words.rows, count.toLocaleString('en')],
        ['values each', shape.length > 1 ? `${values} (${formatShape(shape)})` : values],
        ['written to', args.out],
        ['time', `${seconds.toFixed(1)} s with ${engine}`],
      ]),
    );
    return EXIT.ok;
  });
}
