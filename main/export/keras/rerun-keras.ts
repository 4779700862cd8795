import { setImmediate } from 'node:timers/promises';
import { problem } from '../../../shared/errors/catalogue';
import { Cancelled, ProblemError } from '../../../shared/errors/problem';
import { type Shape, valueCount } from '../../../shared/tensors/shape';
import type { Tensor } from '../../execute/executor';
import type { StoredTensor } from '../../hdf5/hdf5-content';
import { readHdf5 } from '../../hdf5/read-hdf5';
import { ForeignBuilder } from '../../import/foreign-builder';
import { readLayer } from '../../import/keras/keras-layers';
import { runForeign } from '../../import/run-foreign';
import { isRecord } from '../../import/untrusted-config';
import { CheckedArchive } from '../../models/checked-archive';
import type { Rerun } from '../format';
import { joinedFloats } from '../joined-floats';
import { kerasOrder } from './keras-order';
import { snakeCase } from './keras-weights';

const BY = 'Hourglass’ own arithmetic';
/** Weights of which the file is not read again: the HDF5 library holds all of it, and what it reads. */
export const MOST_BYTES = 512 * 1024 ** 2;

/** A layer as the written configuration tells it. */
interface WrittenLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The layers it reads. */
  readonly inputs: readonly string[];
  /** Of `GetItem`: which channels. */
  readonly channels: { readonly start: number; readonly stop: number } | null;
}

interface Made {
  readonly shape: Shape;
  readonly values: Float64Array;
}

/**
 * Runs a written `.keras` file: its configuration layer by layer as the importer understands layers, with the weights read from the
 * file, straight from the definitions and in double precision.
 *
 * @throws ProblemError where it can't be read @throws Cancelled
 */
export async function rerunKeras(
  path: string,
  batches: readonly Tensor[],
  signal: AbortSignal | undefined,
): Promise<Rerun> {
  try {
    const model = await readWritten(path);
    const outputs: Float32Array[] = [];
    for (const {
      shape: [count = 0, ...shape],
      data,
    } of batches) {
      const each = valueCount(shape);
      for (let row = 0; row < count; row++) {
        const sample = Float64Array.from(data.slice(row * each, (row + 1) * each));
        outputs.push(Float32Array.from(await model.run({ shape, values: sample }, signal)));
      }
    }
    return { by: BY, outputs: joinedFloats(outputs) };
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('EXPORT_UNREADABLE', { by: BY, detail }));
  }
}

async function readWritten(path: string): Promise<WrittenModel> {
  const archive = await CheckedArchive.open(path);
  try {
    const config = await archive.readWhole('config.json', MOST_BYTES);
    const weights = await archive.readWhole('model.weights.h5', 2 * MOST_BYTES);
    const { datasets } = await readHdf5(weights, 'model.weights.h5');
    return new WrittenModel(JSON.parse(new TextDecoder().decode(config)), datasets);
  } finally {
    await archive.close();
  }
}

class WrittenModel {
  readonly #layers: readonly WrittenLayer[];
  readonly #output: string;
  /** Where the weights of each layer lie. */
  readonly #places = new Map<string, string>();

  constructor(
    model: {
      readonly config: { readonly layers: readonly unknown[]; readonly output_layers: readonly unknown[] };
    },
    private readonly datasets: ReadonlyMap<string, StoredTensor>,
  ) {
    this.#layers = model.config.layers.map(layerFrom);
    this.#output = String(model.config.output_layers[0]);
    const output = this.#layers.find(({ name }) => name === this.#output);
    if (!output) throw new Error('It names no output.');
    const counts = new Map<string, number>();
    for (const { className, name } of kerasOrder({ layers: this.#layers, output })) {
      if (className === 'GetItem') continue;
      const kind = snakeCase(className);
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      this.#places.set(name, `layers/${count === 0 ? kind : `${kind}_${count}`}`);
    }
  }

  async run(sample: Made, signal: AbortSignal | undefined): Promise<Float64Array> {
    const made = new Map<string, Made>();
    for (const layer of this.#layers) {
      if (signal?.aborted) throw new Cancelled();
      const read = layer.inputs.map((name) => {
        const found = made.get(name);
        if (!found) throw new Error(`${layer.name} reads ${name}, which is not there yet.`);
        return found;
      });
      const [first = sample, ...others] = read;
      made.set(layer.name, others.length > 0 ? joinedBy(layer, read) : await this.#made(layer, first));
      await setImmediate();
    }
    const output = made.get(this.#output);
    if (!output) throw new Error('It gives nothing out.');
    return output.values;
  }

  async #made(layer: WrittenLayer, given: Made): Promise<Made> {
    const { className, name, config, channels } = layer;
    if (channels) return channelsOf(given, channels);
    // Tables have a scale for each column, which imported models have not.
    if (className === 'Rescaling') return rescaled(given, config);
    const builder = new ForeignBuilder(given.shape);
    const find = (_layer: unknown, _names: unknown, place: number) =>
      this.datasets.get(`${this.#places.get(name)}/vars/${place}`) ?? null;
    readLayer(builder, { className, name, config, storePath: '' }, { find });
    return { shape: builder.shape, values: await runForeign(builder.layers, given.values) };
  }
}

function layerFrom(entry: unknown): WrittenLayer {
  if (!isRecord(entry) || !isRecord(entry.config)) throw new Error('A layer is none.');
  const { class_name: className, name, config, inbound_nodes: nodes } = entry;
  const args: unknown[] = Array.isArray(nodes) && isRecord(nodes[0]) ? [nodes[0].args].flat(3) : [];
  const slice = args.find((arg) => isRecord(arg) && arg.class_name === '__slice__');
  const inputs = args.flatMap((arg) => {
    const history = isRecord(arg) && isRecord(arg.config) ? arg.config.keras_history : null;
    return Array.isArray(history) ? [String(history[0])] : [];
  });
  const cut = isRecord(slice) && isRecord(slice.config) ? slice.config : null;
  return {
    ...{ className: String(className), name: String(name), config, inputs },
    channels: cut && { start: Number(cut.start), stop: Number(cut.stop) },
  };
}

function joinedBy({ className, config }: WrittenLayer, read: readonly Made[]): Made {
  const [first] = read;
  if (!first) throw new Error('Nothing is joined.');
  if (className === 'Add') {
    const values = first.values.map((_, at) => read.reduce((sum, each) => sum + (each.values[at] ?? 0), 0));
    return { shape: first.shape, values };
  }
  if (className !== 'Concatenate') throw new Error(`${className} takes several.`);
  const rank = first.shape.length;
  const given = Number(config.axis ?? -1);
  const axis = given < 0 ? rank + given : given - 1;
  const length = read.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
  const shape = first.shape.with(axis, length);
  const values = new Float64Array(valueCount(shape));
  const runs = valueCount(first.shape.slice(0, axis));
  let at = 0;
  for (let run = 0; run < runs; run++) {
    for (const each of read) {
      const width = each.values.length / runs;
      values.set(each.values.subarray(run * width, (run + 1) * width), at);
      at += width;
    }
  }
  return { shape, values };
}

function channelsOf({ shape, values }: Made, { start, stop }: { start: number; stop: number }): Made {
  const channels = shape.at(-1) ?? 1;
  const kept = values.filter((_, at) => at % channels >= start && at % channels < stop);
  return { shape: shape.with(-1, stop - start), values: kept };
}

function rescaled({ shape, values }: Made, { scale, offset }: Readonly<Record<string, unknown>>): Made {
  const numbers = (given: unknown) => [given ?? 0].flat().map(Number);
  const [factors, shifts] = [numbers(scale), numbers(offset)];
  const of = (list: readonly number[], at: number) => list[at % list.length] ?? 0;
  return { shape, values: values.map((value, at) => value * of(factors, at) + of(shifts, at)) };
}
