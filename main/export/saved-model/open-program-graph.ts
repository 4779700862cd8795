import type { Tensor } from '../../execute/executor';
import {
  attributeValues,
  constantAttributes,
  ProgramGraph,
} from '../../execute/tensorflow/saved-model/graph-writer';
import { FLOAT } from '../../ops/attributes';
import type { TensorFlowAttribute } from '../../ops/op';
import type { DType } from '../../ops/program';
import { hasOpen, isOpen, OPEN_BATCH } from '../open-batch';

const INT = { type: 'int32' } as const;

/** A graph whose batch axis is open: where an op is told the length of a batch, it is told that of the batch that came in. */
export class OpenProgramGraph extends ProgramGraph {
  /** Constants that hold the open batch: what becomes of them depends on who reads them. */
  readonly #open = new Map<string, readonly number[]>();
  #batch: string | null = null;
  #input = '';
  #dtype: DType = 'float32';

  /** A weight, as a constant of this name. */
  weight(name: string, { shape, data }: Tensor): string {
    const content = Float32Array.from(data);
    return this.writer.add(name, 'Const', [], constantAttributes('float32', content, shape), null);
  }

  /** What comes in, under a name of its own; its first axis is the batch. */
  input(name: string, dtype: DType, shape: readonly number[]): string {
    const attributes = attributeValues({ dtype: { type: dtype }, shape: { shape } });
    this.#input = this.writer.add(name, 'Placeholder', [], attributes, null);
    this.#dtype = dtype;
    return this.#input;
  }

  /** A tensor under a name of its own. */
  named(name: string, tensor: string): string {
    return this.writer.add(name, 'Identity', [tensor], attributeValues(FLOAT), null);
  }

  override int32(values: number | readonly number[], shape?: readonly number[]): string {
    if (typeof values === 'number' || !hasOpen(values)) return super.int32(values, shape);
    const name = `open ${values}`;
    this.#open.set(name, values);
    return name;
  }

  override node(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, TensorFlowAttribute>> = {},
  ): string {
    const closed = inputs.map((input) => {
      const values = this.#open.get(input);
      if (!values) return input;
      // A reshape finds what is left over by itself, and a slice goes to the end.
      if (op === 'Reshape' || op === 'Slice')
        return super.int32(values.map((each) => (isOpen(each) ? -1 : each)));
      return this.#lengths(values);
    });
    return super.node(op, closed, attributes);
  }

  /** A vector of lengths, the open ones as they are when the graph runs. */
  #lengths(values: readonly number[]): string {
    const parts = values.map((value) => {
      if (!isOpen(value)) return super.int32(value);
      const times = value / OPEN_BATCH;
      const batch = this.#batchLength();
      return times === 1 ? batch : super.node('Mul', [batch, super.int32(times)], { T: INT });
    });
    return super.node('Pack', parts, { T: INT, N: { int: parts.length }, axis: { int: 0 } });
  }

  #batchLength(): string {
    if (this.#batch !== null) return this.#batch;
    const shape = super.node('Shape', [this.#input], { T: { type: this.#dtype }, out_type: INT });
    const [first, second] = [super.int32([0]), super.int32([1])];
    this.#batch = super.node('StridedSlice', [shape, first, second, second], {
      T: INT,
      Index: INT,
      begin_mask: { int: 0 },
      ellipsis_mask: { int: 0 },
      end_mask: { int: 0 },
      new_axis_mask: { int: 0 },
      shrink_axis_mask: { int: 1 },
    });
    return this.#batch;
  }
}
