import { valueCount } from '../../../shared/tensors/shape';
import { byteCount, type Numbers, numbersAt } from './numbers';
import type { OnnxModel, Port } from './onnx-model';

/** What a worker can be asked for; `run` and `update` concern the model it was asked to run last. */
export type Work = 'run' | 'update' | 'end';
const WORKS: readonly Work[] = ['run', 'update', 'end'];

/** Where in the head stands what: how often work was asked for and done, which work, on which model, how it ended. */
const [ASKED, DONE, WORK, MODEL, FAILED] = [0, 1, 2, 3, 4];
const HEAD_LENGTH = 5;
/** The guard's number stands behind the head, the tensors behind that, each in cache lines of its own. */
const LINE_BYTES = 64;
const GUARD_BYTE = LINE_BYTES;
const TENSORS_BYTE = 2 * LINE_BYTES;
/**
 * For so long a thread looks for the other's word without sleeping. To be woken takes about 50 µs; but on a busy
 * machine looking keeps others from working.
 */
const LOOKING_MS = 0.05;

/** What the engine's thread and one worker hand each other, in a memory that both see. */
export class PartMailbox {
  private readonly head: Int32Array;

  constructor(private readonly buffer: SharedArrayBuffer) {
    this.head = new Int32Array(buffer, 0, HEAD_LENGTH);
  }

  /** A memory that is large enough for what any of these models is given and hands back. */
  static bufferFor(models: readonly OnnxModel[]): SharedArrayBuffer {
    return new SharedArrayBuffer(Math.max(TENSORS_BYTE, ...models.map((model) => layout(model).end)));
  }

  /** A model's inputs (feeds and rows), to be written by the one and read by the other, by tensor. */
  inputs(model: OnnxModel): Map<string, Numbers> {
    return this.views(model, inputPorts(model));
  }

  outputs(model: OnnxModel): Map<string, Numbers> {
    return this.views(model, model.outputs);
  }

  /** One number: `PartResult.guard`. */
  get guard(): Float64Array {
    return new Float64Array(this.buffer, GUARD_BYTE, 1);
  }

  /** Asks the worker for something; it has done what it was asked before. */
  ask(work: Work, model: number): void {
    const { head } = this;
    head[WORK] = WORKS.indexOf(work);
    head[MODEL] = model;
    Atomics.add(head, ASKED, 1);
    Atomics.notify(head, ASKED);
  }

  /** Whether all that was asked for is done. Waits for it, but not longer than told. */
  isDone(milliseconds: number): boolean {
    const { head } = this;
    const asked = Atomics.load(head, ASKED);
    const isDone = () => Atomics.load(head, DONE) === asked;
    look(isDone);
    if (!isDone()) Atomics.wait(head, DONE, asked - 1, milliseconds);
    return isDone();
  }

  /** Whether what was done last failed. */
  get hasFailed(): boolean {
    return this.head[FAILED] === 1;
  }

  /** The worker's side: waits until something is asked for. */
  next(): { work: Work; model: number } {
    const { head } = this;
    const done = Atomics.load(head, DONE);
    look(() => Atomics.load(head, ASKED) !== done);
    while (Atomics.load(head, ASKED) === done) Atomics.wait(head, ASKED, done);
    return { work: WORKS[head[WORK] ?? 0] ?? 'end', model: head[MODEL] ?? 0 };
  }

  /** The worker's side: says that it has done what it was asked for. */
  answer(failed: boolean): void {
    const { head } = this;
    head[FAILED] = failed ? 1 : 0;
    Atomics.add(head, DONE, 1);
    Atomics.notify(head, DONE);
  }

  private views(model: OnnxModel, ports: readonly Port[]): Map<string, Numbers> {
    const { places } = layout(model);
    return new Map(
      ports.map(({ tensor, dtype, shape }) => [
        tensor,
        numbersAt(this.buffer, places.get(tensor) ?? 0, dtype, valueCount(shape)),
      ]),
    );
  }
}

/** What a run of a model is given, but for the state. */
export function inputPorts(model: OnnxModel): readonly Port[] {
  return [...model.feeds, ...model.rows];
}

function look(until: () => boolean): void {
  const end = performance.now() + LOOKING_MS;
  while (!until() && performance.now() < end);
}

function layout(model: OnnxModel): { places: ReadonlyMap<string, number>; end: number } {
  let end = TENSORS_BYTE;
  const places = new Map<string, number>();
  for (const { tensor, shape, dtype } of [...inputPorts(model), ...model.outputs]) {
    places.set(tensor, end);
    end += Math.ceil(byteCount(dtype, valueCount(shape)) / LINE_BYTES) * LINE_BYTES;
  }
  return { places, end };
}
