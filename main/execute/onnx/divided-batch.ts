import { Tensor as OrtTensor } from 'onnxruntime-node';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { sameShape, valueCount } from '../../../shared/tensors/shape';
import type { Program } from '../../ops/program';
import type { Tensor } from '../executor';
import { type Numbers, numbersFor, numbersOf } from './numbers';
import type { OnnxModel } from './onnx-model';
import { inputPorts } from './part-mailbox';
import type { PartResult, PartRunner } from './part-runner';
import type { PartWorker } from './part-worker';

/** What a divided run came to: the first part's own result, and what all parts together handed back. */
interface DividedResult {
  readonly own: PartResult;
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Finite exactly where that of every part is. */
  readonly guard: number;
}

/** A Program whose parts are run at once: the first by this thread, each other one by a worker. */
export class DividedBatch {
  /** Where this thread's part of the inputs is put, by tensor, and the same as ONNX Runtime is given it. */
  private readonly ownInputs: ReadonlyMap<string, Numbers>;
  private readonly ownTensors: Readonly<Record<string, OrtTensor>>;

  /**
   * @param models those of the program's parts.
   * @param workers one for each part but the first, which know these models.
   * @param data the resident data: this thread takes the rows out of it for all, so that it need not be shared.
   */
  constructor(
    private readonly program: Program,
    private readonly models: readonly [OnnxModel, ...OnnxModel[]],
    private readonly runner: PartRunner,
    private readonly workers: readonly PartWorker[],
    private readonly data: Tensor | null,
  ) {
    const ports = inputPorts(models[0]);
    this.ownInputs = new Map(
      ports.map(({ tensor, dtype, shape }) => [tensor, numbersFor(dtype, valueCount(shape))]),
    );
    this.ownTensors = Object.fromEntries(
      ports.map(({ tensor, dtype, shape }) => [
        tensor,
        new OrtTensor(dtype, known(this.ownInputs.get(tensor)), shape),
      ]),
    );
  }

  /** @throws ProblemError where a part fails; the others have come to their end then, too. */
  async run(feeds: Readonly<Record<string, Tensor>>): Promise<DividedResult> {
    const { models, workers } = this;
    const [first, ...others] = models;
    for (const { name } of first.rows) this.checkRows(known(feeds[name]).data);
    others.forEach((model, i) => {
      const worker = known(workers[i]);
      this.fill(worker.inputs(model), i + 1, feeds);
      worker.begin('run', model);
    });
    this.fill(this.ownInputs, 0, feeds);
    const own = await this.settled(this.runner.run(first, this.ownTensors));
    const guard = workers.reduce((sum, worker) => sum + worker.guard, own.guard);
    return { own, outputs: this.outputs(own), guard };
  }

  /** Changes the state, each thread its share, by the gradients of the last run. */
  async update(own: PartResult): Promise<void> {
    const { models, workers } = this;
    workers.forEach((worker, i) => {
      worker.begin('update', known(models[i + 1]));
    });
    const share = async () => this.runner.update(own, models.length);
    await this.settled(share());
  }

  /**
   * Waits for this thread's work, then for every worker's, also where some fail.
   * @throws what the first that failed did
   */
  private async settled<T>(own: Promise<T>): Promise<T> {
    await Promise.allSettled([own]);
    const failures: unknown[] = [];
    for (const [i, worker] of this.workers.entries()) {
      await worker.finish(known(this.models[i + 1])).catch((error: unknown) => failures.push(error));
    }
    const result = await own;
    if (failures.length > 0) throw failures[0];
    return result;
  }

  /** Writes a part's share of what the whole is fed. */
  private fill(inputs: ReadonlyMap<string, Numbers>, part: number, feeds: Readonly<Record<string, Tensor>>) {
    const model = known(this.models[part]);
    for (const { name, tensor, shape } of model.feeds) {
      const whole = known(feeds[name]);
      const isDivided = !sameShape(shape, whole.shape);
      const from = isDivided ? this.rowsBefore(part, name) * valueCount(shape.slice(1)) : 0;
      known(inputs.get(tensor)).set(whole.data.subarray(from, from + valueCount(shape)));
    }
    for (const { name, tensor, shape } of model.rows) {
      const from = this.rowsBefore(part, name);
      const rows = known(feeds[name]).data.subarray(from, from + (shape[0] ?? 0));
      this.takeRows(known(inputs.get(tensor)), rows);
    }
  }

  /** Where a part begins in a feed that is divided. */
  private rowsBefore(part: number, name: string): number {
    const lengths = this.models.map(
      (model) => inputPorts(model).find((port) => port.name === name)?.shape[0],
    );
    return lengths.slice(0, part).reduce<number>((sum, length) => sum + (length ?? 0), 0);
  }

  private takeRows(into: Numbers, rows: Numbers): void {
    const { data } = known(this.data);
    const length = into.length / rows.length;
    rows.forEach((row, at) => {
      into.set(data.subarray(row * length, (row + 1) * length), at * length);
    });
  }

  private checkRows(rows: Numbers): void {
    const [count = 0] = known(this.data).shape;
    const outside = rows.find((row) => row < 0 || row >= count);
    if (outside === undefined) return;
    const layer = this.program.nodes.find(({ op }) => op === 'takeRows')?.layer;
    const detail = `The data have no row ${outside}.`;
    const values = { engine: 'ONNX Runtime', program: this.program.name, detail };
    throw new ProblemError(problem('ENGINE_FAILED', values, layer ? { nodeId: layer } : undefined));
  }

  private outputs(own: PartResult): Record<string, Tensor> {
    const { models, workers, program } = this;
    const outputs: Record<string, Tensor> = {};
    for (const { name, value } of program.outputs) {
      const data = numbersFor(value.dtype, valueCount(value.shape));
      let from = 0;
      models.forEach((model, part) => {
        const worker = workers[part - 1];
        const port = known(model.outputs.find((each) => each.name === name));
        const numbers = worker
          ? known(worker.outputs(model).get(port.tensor))
          : numbersOf(own.results[port.tensor]);
        if (sameShape(port.shape, value.shape)) {
          numbers.forEach((number, i) => {
            data[i] = (data[i] ?? 0) + number;
          });
        } else {
          data.set(numbers, from);
          from += numbers.length;
        }
      });
      outputs[name] = { dtype: value.dtype, shape: value.shape, data };
    }
    return outputs;
  }
}

function known<T>(value: T | null | undefined): T {
  if (value !== undefined && value !== null) return value;
  throw new Error('A divided batch lacks something it was built with');
}
