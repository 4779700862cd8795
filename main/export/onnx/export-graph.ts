import { create } from '@bufbuild/protobuf';
import { transposedArray } from '../../../shared/tensors/transposed-array';
import type { Tensor } from '../../execute/executor';
import {
  TensorProto_DataType as DataType,
  type TensorProto,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from '../../execute/onnx/onnx_pb';
import { ELEMENT_TYPES, OnnxGraphWriter } from '../../execute/onnx/onnx-graph';
import type { OnnxAttribute } from '../../ops/op';
import type { DType } from '../../ops/program';
import type { LayerNames } from '../layer-names';
import { hasOpen, isOpen } from '../open-batch';

/** As far as a slice reaches along an axis that is not cut. */
const TO_THE_END = 2 ** 31 - 1;

/**
 * A graph for other programs: weights inside, each in the layout of the node that reads it, the batch axis open and called
 * `batch`, and each op the node of its name.
 */
export class ExportGraphWriter extends OnnxGraphWriter {
  readonly plain = true;
  /** Constants that hold the open batch: what becomes of them depends on who reads them. */
  readonly #open = new Map<string, readonly number[]>();
  readonly #values = new Map<string, TensorProto>();
  readonly #turned = new Map<string, string>();
  readonly #renamed = new Map<string, string>();

  constructor(private readonly names: LayerNames) {
    super();
  }

  override enter(layer: string | null): void {
    super.enter(layer === null ? null : this.names.of(layer));
  }

  override input(name: string, dtype: DType, shape: readonly number[]): string {
    this.inputs.push(openInfo(name, dtype, shape));
    return name;
  }

  /** Hands a tensor out by a name of its own. @throws Error where no node made it */
  handOut(tensor: string, name: string, dtype: DType, shape: readonly number[]): void {
    const made = this.nodes.some(({ output }) => output.includes(tensor));
    // What comes in may go out again as it is.
    const source = made && !this.#renamed.has(tensor) ? tensor : (super.node('Identity', [tensor])[0] ?? '');
    this.#renamed.set(source, name);
    this.outputs.push(openInfo(name, dtype, shape));
  }

  /** What a weight `conv-1/kernel` is called: `conv_1.kernel`. */
  nameOfWeight(state: string): string {
    const slash = state.lastIndexOf('/');
    return `${this.names.of(state.slice(0, slash))}.${state.slice(slash + 1)}`;
  }

  /** A weight, as an initializer of this name. */
  weight(name: string, { shape, data }: Tensor): string {
    return this.#keep(name, shape, Float32Array.from(data));
  }

  override int64(values: number | readonly number[], shape?: readonly number[]): string {
    if (typeof values === 'number' || !hasOpen(values)) return super.int64(values, shape);
    const name = `open:${values}`;
    this.#open.set(name, values);
    return name;
  }

  override node(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    outputs = 1,
  ): string[] {
    const folded = this.#folded(op, inputs, attributes);
    if (folded !== null) return [folded];
    const closed = inputs.map((input) => {
      const values = this.#open.get(input);
      return values
        ? super.int64(values.map((value) => (isOpen(value) ? standIn(op, value) : value)))
        : input;
    });
    return super.node(op, closed, attributes, outputs);
  }

  /** What the finished graph is made of: initializers that nothing reads any more are left out. */
  parts() {
    const name = (tensor: string) => this.#renamed.get(tensor) ?? tensor;
    const node = this.nodes.map((each) => ({
      ...each,
      input: each.input.map(name),
      output: each.output.map(name),
    }));
    const read = new Set(node.flatMap(({ input }) => input));
    const initializer = this.initializers.filter((each) => read.has(each.name));
    return { node, initializer, input: this.inputs, output: this.outputs };
  }

  /** A weight in the order or shape that a node would bring it into, so that no node need; null for all else. */
  #folded(
    op: string,
    [input = '', second = '']: readonly string[],
    { perm }: Readonly<Record<string, OnnxAttribute>>,
  ): string | null {
    const weight = this.#values.get(input);
    if (!weight || (op !== 'Transpose' && op !== 'Reshape')) return null;
    const shape = weight.dims.map(Number);
    const key = `${input} ${op} ${op === 'Transpose' ? String(perm) : second}`;
    const known = this.#turned.get(key);
    if (known !== undefined) return known;
    const data = new Float32Array(new Uint8Array(weight.rawData).buffer);
    let made: { shape: readonly number[]; data: Float32Array } | null = null;
    if (op === 'Transpose' && typeof perm === 'object' && Array.isArray(perm)) {
      made = transposedArray(shape, data, perm);
    } else if (op === 'Reshape') {
      made = { shape: reshaped(data.length, this.#numbersOf(second)), data };
    }
    if (!made) return null;
    const name = this.#keep(`${input}.${this.#turned.size}`, made.shape, made.data);
    this.#turned.set(key, name);
    return name;
  }

  #keep(name: string, shape: readonly number[], data: Float32Array): string {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const tensor = create(TensorProtoSchema, {
      name,
      dataType: DataType.FLOAT,
      dims: shape.map(BigInt),
      rawData,
    });
    this.initializers.push(tensor);
    this.#values.set(name, tensor);
    return name;
  }

  #numbersOf(constant: string): number[] {
    const found = this.initializers.find(({ name }) => name === constant);
    if (!found) throw new Error(`The shape ${constant} of a weight is no constant.`);
    return Array.from(new BigInt64Array(new Uint8Array(found.rawData).buffer), Number);
  }
}

/** What an open length is written as, where a node reads it. @throws Error where no node may */
function standIn(op: string, length: number): number {
  // Of a reshape, whatever is left over; a slice goes to the end; an expansion keeps an axis that it is told is 1 long.
  if (op === 'Reshape') return -1;
  if (op === 'Slice') return TO_THE_END;
  if (op === 'Expand') return 1;
  throw new Error(`${op} reads an open batch of ${length}.`);
}

function reshaped(count: number, shape: readonly number[]): number[] {
  const known = shape.reduce((product, length) => (length < 0 ? product : product * length), 1);
  return shape.map((length) => (length < 0 ? count / known : length));
}

function openInfo(name: string, dtype: DType, shape: readonly number[]) {
  const dim = shape.map((length) => ({
    value: isOpen(length)
      ? { case: 'dimParam' as const, value: 'batch' }
      : { case: 'dimValue' as const, value: BigInt(length) },
  }));
  const tensor = { elemType: ELEMENT_TYPES[dtype], shape: { dim } };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value: tensor } } });
}
