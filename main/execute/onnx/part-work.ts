import { Tensor as OrtTensor } from 'onnxruntime-node';
import { ProblemError } from '../../../shared/errors/problem';
import { numbersOf } from './numbers';
import type { OnnxModel } from './onnx-model';
import { inputPorts, PartMailbox } from './part-mailbox';
import { type PartResult, PartRunner } from './part-runner';
import { type StateLayout, StateMemory } from './state-memory';

/** What a worker is started with. All in one message, so that models and layout name the same packs. */
export interface OnnxWorkerData {
  readonly layout: StateLayout;
  readonly memory: WebAssembly.Memory;
  readonly mailbox: SharedArrayBuffer;
  /** Which part of each batch is this worker's; the engine's thread has the first, 0. */
  readonly part: number;
  readonly models: readonly WorkerModel[];
}

interface WorkerModel {
  readonly model: OnnxModel;
  /** Into how many parts this batch is divided. */
  readonly parts: number;
  /** How many threads ONNX Runtime may use for one. */
  readonly threads: number;
}

/** What a worker says beside the mailbox: once that it is ready, and what went wrong. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly problems: ProblemError['problems'] | null; readonly said: string };

/** A worker's life: opens its models, then does what is asked for until the end is. */
export async function workOnParts(
  data: OnnxWorkerData,
  tell: (message: WorkerMessage) => void,
): Promise<void> {
  const mailbox = new PartMailbox(data.mailbox);
  const runner = new PartRunner(new StateMemory(data.layout, data.memory), data.part);
  try {
    for (const { model, threads } of data.models) await runner.open(model, threads);
    tell({ kind: 'ready' });
  } catch (error) {
    tell(failure(error));
    return runner.release();
  }
  const desks = data.models.map(({ model }) => new Desk(model, mailbox));
  let last: PartResult | null = null;
  for (;;) {
    const { work, model: index } = mailbox.next();
    if (work === 'end') break;
    try {
      const { model, parts } = known(data.models[index]);
      const desk = known(desks[index]);
      if (work === 'run') {
        last = await runner.run(model, desk.inputs());
        desk.handOver(last);
      } else {
        runner.update(known(last), parts);
      }
      mailbox.answer(false);
    } catch (error) {
      tell(failure(error));
      mailbox.answer(true);
    }
  }
  await runner.release();
  mailbox.answer(false);
}

/** Where a model's inputs come in and its outputs go out. ONNX Runtime gets copies: it can't read shared memory. */
class Desk {
  private readonly copies: ReadonlyMap<string, OrtTensor>;
  private readonly given: ReturnType<PartMailbox['inputs']>;
  private readonly taken: ReturnType<PartMailbox['outputs']>;

  constructor(
    model: OnnxModel,
    private readonly mailbox: PartMailbox,
  ) {
    this.given = mailbox.inputs(model);
    this.taken = mailbox.outputs(model);
    this.copies = new Map(
      inputPorts(model).map(({ tensor, dtype, shape }) => {
        const copy = known(this.given.get(tensor)).slice();
        return [tensor, new OrtTensor(dtype, copy, shape)] as const;
      }),
    );
  }

  inputs(): Record<string, OrtTensor> {
    for (const [tensor, numbers] of this.given) numbersOf(this.copies.get(tensor)).set(numbers);
    return Object.fromEntries(this.copies);
  }

  handOver({ results, guard }: PartResult): void {
    for (const [tensor, numbers] of this.taken) numbers.set(numbersOf(results[tensor]));
    this.mailbox.guard[0] = guard;
  }
}

function failure(error: unknown): WorkerMessage {
  const problems = error instanceof ProblemError ? error.problems : null;
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'failed', problems, said };
}

function known<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw new Error('A worker was asked for what it does not have');
  return value;
}
