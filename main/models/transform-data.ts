import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DataReference } from '../../shared/document/data-reference';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { Plan } from '../../shared/plan/plan';
import { formatShape, type Shape, valueCount } from '../../shared/tensors/shape';
import type { LoadControl, Split } from '../data/dataset';
import { throwIfCancelled } from '../data/load-limits';
import { openSampleStream } from '../data/open-sample-stream';
import type { SampleBlock, SampleStream } from '../data/sample-stream';
import type { Executor } from '../execute/executor';
import { openRows } from '../rows/open-rows';
import type { RowWriter } from '../rows/row-writer';
import { valueNames } from '../train/layer-export';
import { type ModelRunner, runModel } from './model-runner';
import { pictureShapeOf, SampleFitting } from './sample-fitting';
import type { TrainedModel } from './trained-model';

/** What is made of rows: codes of samples, samples of codes, or samples of samples by way of their codes. */
export type Transformation = 'encode' | 'decode' | 'reconstruct';

export interface DataToTransform {
  readonly executor: Executor;
  readonly model: TrainedModel;
  readonly what: Transformation;
  /** Where the rows are read from: samples, or the codes of a file in NPY form or a table. */
  readonly data: DataReference;
  /** Where a relative path of theirs starts; null for the working folder. */
  readonly baseFolder: string | null;
  /** Where the rows go: by its ending, as `openRows` has it. */
  readonly out: string;
  /** The set that is read; all unless told. */
  readonly split?: Split;
  /** How many samples are worked on at a time; as fits the model unless told. */
  readonly batch?: number;
}

export interface TransformedData {
  /** How many rows were written. */
  readonly count: number;
  /** Of the values of one. */
  readonly shape: Shape;
  /** What was done to the data that the user should know. */
  readonly notes: readonly string[];
}

/**
 * Runs a model over a data set, a block at a time, and writes what it makes of it. What is written is in the scale of the
 * data's files; bytes as 0 to 1. The place is as it was until all is written.
 *
 * @throws ProblemError where the data do not fit the model or are not as they should be, and where `out` can't be written
 * @throws Cancelled where `control.signal` was raised
 */
export async function transformData(wanted: DataToTransform, control: LoadControl): Promise<TransformedData> {
  const { executor, model, what, out, batch } = wanted;
  await refuseOverData(wanted);
  const runner = await runModel(executor, model, batch === undefined ? {} : { batch });
  try {
    if (what === 'decode' && runner.decodeProblem) throw new ProblemError(runner.decodeProblem);
    const stream = await streamFor(wanted, runner.plan, control);
    const worker =
      what === 'decode' ? codesToSamples(runner, stream, model) : fromSamples(runner, stream, wanted);
    const { columns } = model.preprocessing;
    const writer = await openRows({
      path: out,
      shape: worker.shape,
      ...(what !== 'encode' && columns && { valueNames: columns }),
      labels: stream.labels,
      named: stream.named,
      split: stream.splits.length > 1,
    });
    const count = await writeAll({ stream, worker, writer, rows: runner.batch }, control);
    return { count, shape: worker.shape, notes: [...stream.notes, ...worker.notes] };
  } finally {
    await runner.dispose();
  }
}

/** What makes a block's rows. */
interface RowMaker {
  readonly shape: Shape;
  readonly notes: readonly string[];
  of(block: SampleBlock): Promise<Float32Array>;
}

function fromSamples(runner: ModelRunner, stream: SampleStream, { model, what }: DataToTransform): RowMaker {
  const { plan } = runner;
  const fitting = new SampleFitting(stream, plan, model.preprocessing);
  const { notes } = fitting;
  if (what === 'encode') {
    return { shape: plan.codeShape, notes, of: (block) => runner.encode(fitting.fit(block)) };
  }
  return {
    shape: plan.outputShape,
    notes,
    of: async (block) => fitting.undo(await runner.reconstruct(fitting.fit(block))),
  };
}

function codesToSamples(
  runner: ModelRunner,
  stream: SampleStream,
  { preprocessing }: TrainedModel,
): RowMaker {
  const { codeShape, outputShape } = runner.plan;
  if (valueCount(stream.shape) !== valueCount(codeShape)) {
    const values = { name: stream.name, shape: formatShape(stream.shape), expected: formatShape(codeShape) };
    throw new ProblemError(problem('CODES_SHAPE', values));
  }
  const fitting = new SampleFitting({ ...stream, shape: outputShape }, runner.plan, preprocessing);
  return {
    shape: outputShape,
    notes: [],
    of: async ({ values }) => {
      // Codes are numbers as they stand, whatever type they were saved in.
      const codes = values instanceof Float32Array ? values : Float32Array.from(values);
      return fitting.undo(await runner.decode(codes));
    },
  };
}

async function streamFor(
  { model, what, data, baseFolder, split }: DataToTransform,
  plan: Plan,
  control: LoadControl,
): Promise<SampleStream> {
  const shape = what === 'decode' ? plan.codeShape : plan.outputShape;
  // Samples are signals where the model’s are.
  const reference = 'series' in data || data.kind === 'npy' ? { ...data, series: shape.length === 2 } : data;
  const set = split && { split };
  if (what === 'decode') {
    if (data.kind !== 'npy' && data.kind !== 'table') {
      const path = 'path' in data ? data.path : data.name;
      throw new ProblemError(problem('CODES_FORM', { path, kind: data.kind }));
    }
    return openSampleStream(reference, baseFolder, { ...set, columns: valueNames(shape) }, control);
  }
  const { columns } = model.preprocessing;
  const use = { ...set, ...pictureShapeOf(plan), ...(columns && { columns }) };
  return openSampleStream(reference, baseFolder, use, control);
}

interface AllToWrite {
  readonly stream: SampleStream;
  readonly worker: RowMaker;
  readonly writer: RowWriter;
  readonly rows: number;
}

/** @returns how many rows were written */
async function writeAll({ stream, worker, writer, rows }: AllToWrite, control: LoadControl): Promise<number> {
  const done = { train: 0, test: 0 };
  try {
    for await (const block of stream.blocks(rows, control)) {
      const { values: _, ...origin } = block;
      await writer.write(await worker.of(block), { ...origin, first: done[block.split] });
      done[block.split] += block.count;
      throwIfCancelled(control);
    }
    const count = done.train + done.test;
    if (count === 0) throw new ProblemError(problem('DATA_NO_ROWS', { file: stream.name }));
    await writer.finish();
    return count;
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** @throws ProblemError where the rows would be written over what they are made of */
async function refuseOverData({ data, baseFolder, out }: DataToTransform): Promise<void> {
  if (!('path' in data)) return;
  const real = (path: string) => realpath(path).catch(() => path);
  const source = await real(resolve(baseFolder ?? '.', data.path));
  if ((await real(resolve(out))) === source) throw new ProblemError(problem('ROWS_OVER_DATA', { path: out }));
}
