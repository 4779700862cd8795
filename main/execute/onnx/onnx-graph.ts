import { create, toBinary } from '@bufbuild/protobuf';
import type { Layout, OnnxAttribute, OnnxGraph } from '../../ops/op';
import type { DType, Value } from '../../ops/program';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './onnx_pb';

/** Opset 17 with the file version of its time: read by every ONNX tool since 2022. */
export const OPSET = 17n;
export const IR_VERSION = 8n;

export const ELEMENT_TYPES = {
  float32: DataType.FLOAT,
  int32: DataType.INT32,
  uint8: DataType.UINT8,
} as const satisfies Record<DType, DataType>;

/** The axes of the source, in the order that gives the layout. */
const PERMUTATIONS: Readonly<Record<Layout, readonly number[]>> = {
  channelsFirst: [0, 3, 1, 2],
  channelsLast: [0, 2, 3, 1],
};

/** Writes one ONNX model: the graph that ops write their nodes into, and what makes a whole file of it. */
export class OnnxGraphWriter implements OnnxGraph {
  protected readonly nodes: NodeProto[] = [];
  protected readonly initializers: TensorProto[] = [];
  protected readonly inputs: ValueInfoProto[] = [];
  protected readonly outputs: ValueInfoProto[] = [];
  /** Constants already written, by type, shape and bytes. */
  private readonly constants = new Map<string, string>();
  private readonly forms = new Map<number, { made: Layout; names: Map<Layout, string> }>();
  private readonly layers = new Map<string, string>();
  /** The tensors that nodes make, and those that are handed back. */
  private readonly made = new Set<string>();
  private readonly fetched = new Set<string>();
  private layer: string | null = null;

  /** The layer that nodes belong to from here on; its id begins their names. */
  enter(layer: string | null): void {
    this.layer = layer;
  }

  /** The layer of each node that belongs to one, by the node's name. */
  get layerOfNode(): ReadonlyMap<string, string> {
    return this.layers;
  }

  input(name: string, dtype: DType, shape: readonly number[]): string {
    this.inputs.push(valueInfo(name, dtype, shape));
    return name;
  }

  /**
   * Hands a tensor back from each run.
   * @returns the name it is fetched by: its own where a node made it, for a copy would cost time.
   */
  output(tensor: string, dtype: DType, shape: readonly number[]): string {
    const isOwn = this.made.has(tensor) && !this.fetched.has(tensor);
    const name = isOwn ? tensor : (this.node('Identity', [tensor])[0] ?? '');
    this.fetched.add(name);
    this.outputs.push(valueInfo(name, dtype, shape));
    return name;
  }

  /** Says which tensor holds a value. */
  define(value: Value, name: string, layout: Layout = 'channelsLast'): void {
    this.forms.set(value.id, { made: layout, names: new Map([[layout, name]]) });
  }

  node(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    outputs = 1,
  ): string[] {
    const name = `${this.layer ?? 'program'}/${op}_${this.nodes.length}`;
    if (this.layer !== null) this.layers.set(name, this.layer);
    const output = Array.from({ length: outputs }, (_, i) => `${name}:${i}`);
    for (const tensor of output) this.made.add(tensor);
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
    this.nodes.push(
      create(NodeProtoSchema, { opType: op, name, input: [...inputs], output: [...output], attribute }),
    );
    return output;
  }

  float(values: number | readonly number[], shape?: readonly number[]): string {
    const data = Float32Array.from(typeof values === 'number' ? [values] : values);
    return this.constant(DataType.FLOAT, data, shape ?? (typeof values === 'number' ? [] : [data.length]));
  }

  int64(values: number | readonly number[], shape?: readonly number[]): string {
    const data = BigInt64Array.from((typeof values === 'number' ? [values] : values).map(BigInt));
    return this.constant(DataType.INT64, data, shape ?? (typeof values === 'number' ? [] : [data.length]));
  }

  get(value: Value, layout: Layout = 'channelsLast'): string {
    const { made, names } = this.formsOf(value);
    const present = names.get(layout);
    if (present !== undefined) return present;
    const source = names.get(made);
    if (source === undefined || value.shape.length !== 4) {
      throw new Error(`Only pictures have a ${layout} form; a value [${value.shape}] was asked for it.`);
    }
    const perm = PERMUTATIONS[layout];
    const channelsLast = value.shape;
    const [batch = 0, height = 0, width = 0, channels = 0] = channelsLast;
    const shape = layout === 'channelsFirst' ? [batch, channels, height, width] : channelsLast;
    // With one channel, or one pixel, both orders are the same numbers.
    const [name = ''] =
      channels === 1 || height * width === 1
        ? this.node('Reshape', [source, this.int64(shape)])
        : this.node('Transpose', [source], { perm });
    names.set(layout, name);
    return name;
  }

  layoutOf(value: Value): Layout {
    return this.formsOf(value).made;
  }

  has(value: Value, layout: Layout): boolean {
    return this.formsOf(value).names.has(layout);
  }

  /** The file's bytes. */
  model(name: string): Uint8Array {
    return toBinary(
      ModelProtoSchema,
      create(ModelProtoSchema, {
        irVersion: IR_VERSION,
        producerName: 'Hourglass',
        opsetImport: [{ domain: '', version: OPSET }],
        graph: {
          name,
          node: this.nodes,
          initializer: this.initializers,
          input: this.inputs,
          output: this.outputs,
        },
      }),
    );
  }

  private formsOf(value: Value): { made: Layout; names: Map<Layout, string> } {
    const forms = this.forms.get(value.id);
    if (!forms) throw new Error(`The value ${value.id} [${value.shape}] is read before it is made.`);
    return forms;
  }

  private constant(dataType: DataType, data: Float32Array | BigInt64Array, shape: readonly number[]): string {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key = `${dataType}:${shape}:${Buffer.from(rawData).toString('base64')}`;
    const present = this.constants.get(key);
    if (present !== undefined) return present;
    const name = `constant_${this.initializers.length}`;
    this.initializers.push(create(TensorProtoSchema, { name, dataType, dims: shape.map(BigInt), rawData }));
    this.constants.set(key, name);
    return name;
  }
}

function valueInfo(name: string, dtype: DType, shape: readonly number[]): ValueInfoProto {
  const dim = shape.map((length) => ({ value: { case: 'dimValue' as const, value: BigInt(length) } }));
  const tensor = { elemType: ELEMENT_TYPES[dtype], shape: { dim } };
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value: tensor } } });
}

function attributeOf(name: string, value: OnnxAttribute): AttributeProto {
  if (typeof value === 'number') {
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  }
  if (typeof value === 'string') {
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: Buffer.from(value) });
  }
  if ('float' in value)
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  if ('floats' in value) {
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOATS, floats: [...value.floats] });
  }
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}
