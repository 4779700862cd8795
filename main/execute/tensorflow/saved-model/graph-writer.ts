import { create } from '@bufbuild/protobuf';
import type { TensorFlowAttribute, TensorFlowGraph } from '../../../ops/op';
import type { DType, Value } from '../../../ops/program';
import {
  type AttrValue,
  AttrValueSchema,
  DataType,
  type GraphDef,
  GraphDefSchema,
  NodeDefSchema,
  type TensorShape,
  TensorShapeSchema,
} from './saved-model_pb';

/** The graph version written: any TensorFlow from 2.9 on reads it. */
const GRAPH_VERSION = 1087;

export const dataTypes = {
  float32: DataType.DT_FLOAT,
  int32: DataType.DT_INT32,
  int64: DataType.DT_INT64,
  uint8: DataType.DT_UINT8,
  bool: DataType.DT_BOOL,
  resource: DataType.DT_RESOURCE,
} as const;

/** The nodes of a TensorFlow graph as they are written, and which layer each belongs to. */
export class GraphWriter {
  readonly graph: GraphDef = create(GraphDefSchema, { versions: { producer: GRAPH_VERSION } });
  private readonly layers = new Map<string, string>();
  private readonly names = new Set<string>();

  /** The plan layer that a node was written for, or null. */
  layerOf(node: string): string | null {
    return this.layers.get(node) ?? null;
  }

  /** Adds a node under a name made from `path` and the op; returns its first output, `node:0`. */
  add(
    path: string,
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttrValue>>,
    layer: string | null,
  ): string {
    const name = this.freeName(`${path}/${op}`);
    const attr = { ...attributes };
    this.graph.node.push(create(NodeDefSchema, { name, op, input: [...inputs], attr }));
    if (layer !== null) this.layers.set(name, layer);
    return `${name}:0`;
  }

  private freeName(wanted: string): string {
    let name = wanted;
    for (let count = 1; this.names.has(name); count++) name = `${wanted}_${count}`;
    this.names.add(name);
    return name;
  }
}

/** What one Program writes to: nodes named by program and layer, constants shared, values by their tensors. */
export class ProgramGraph implements TensorFlowGraph {
  /** The layer that nodes written from now on belong to. */
  layer: string | null = null;
  private readonly tensors = new Map<number, string>();
  private readonly constants = new Map<string, string>();

  constructor(
    protected readonly writer: GraphWriter,
    private readonly program: string,
  ) {}

  node(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, TensorFlowAttribute>> = {},
  ): string {
    return this.write(op, inputs, attributeValues(attributes));
  }

  output(tensor: string, index: number): string {
    return `${tensor.slice(0, tensor.lastIndexOf(':'))}:${index}`;
  }

  float(values: number | readonly number[], shape?: readonly number[]): string {
    const array = Float32Array.from(typeof values === 'number' ? [values] : values);
    return this.constant('float32', array, shape ?? (typeof values === 'number' ? [] : [values.length]));
  }

  int32(values: number | readonly number[], shape?: readonly number[]): string {
    const array = Int32Array.from(typeof values === 'number' ? [values] : values);
    return this.constant('int32', array, shape ?? (typeof values === 'number' ? [] : [values.length]));
  }

  get(value: Value): string {
    const tensor = this.tensors.get(value.id);
    if (tensor === undefined)
      throw new Error(`Program ${this.program}: value ${value.id} is used before it is made`);
    return tensor;
  }

  set(value: Value, tensor: string): void {
    this.tensors.set(value.id, tensor);
  }

  /** Adds a node that also waits for others (given by their tensors) before it runs. */
  after(
    op: string,
    inputs: readonly string[],
    waitFor: readonly string[],
    attributes: Readonly<Record<string, TensorFlowAttribute>> = {},
  ): string {
    return this.node(op, [...inputs, ...new Set(waitFor.map(controlInput))], attributes);
  }

  private write(op: string, inputs: readonly string[], attr: Readonly<Record<string, AttrValue>>): string {
    const path = this.layer === null ? this.program : `${this.program}/${legalName(this.layer)}`;
    return this.writer.add(path, op, inputs, attr, this.layer);
  }

  private constant(dtype: DType, array: Float32Array | Int32Array, shape: readonly number[]): string {
    const content = new Uint8Array(array.buffer);
    const key = `${dtype} ${shape.join('×')} ${Buffer.from(content).toString('latin1')}`;
    const known = this.constants.get(key);
    if (known) return known;
    const tensor = this.write('Const', [], constantAttributes(dtype, array, shape));
    this.constants.set(key, tensor);
    return tensor;
  }
}

/** What makes a node `Const` hold these numbers. */
export function constantAttributes(
  dtype: DType,
  { buffer, byteOffset, byteLength }: Float32Array | Int32Array,
  shape: readonly number[],
): Record<string, AttrValue> {
  const tensorContent = new Uint8Array(buffer, byteOffset, byteLength);
  const tensor = { dtype: dataTypes[dtype], tensorShape: tensorShape(shape), tensorContent };
  return {
    dtype: attrValue({ type: dtype }),
    value: create(AttrValueSchema, { value: { case: 'tensor', value: tensor } }),
  };
}

/** `^node`: an input that carries no value and only orders. */
function controlInput(tensor: string): string {
  return `^${tensor.slice(0, tensor.lastIndexOf(':'))}`;
}

/** A layer's id in the letters that TensorFlow allows in a node's name. `conv-2′` → `conv-2.u2032`. */
function legalName(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/gu, (letter) => `.u${letter.codePointAt(0)?.toString(16)}`);
}

export function tensorShape(shape: readonly number[]): TensorShape {
  return create(TensorShapeSchema, { dim: shape.map((size) => ({ size: BigInt(size) })) });
}

/** A node's attributes as its message holds them. */
export function attributeValues(
  attributes: Readonly<Record<string, TensorFlowAttribute>>,
): Record<string, AttrValue> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attrValue(value)]));
}

function attrValue(attribute: TensorFlowAttribute): AttrValue {
  return create(AttrValueSchema, { value: attrCase(attribute) });
}

function attrCase(attribute: TensorFlowAttribute): AttrValue['value'] {
  if ('type' in attribute) return { case: 'type', value: dataTypes[attribute.type] };
  if ('int' in attribute) return { case: 'i', value: BigInt(attribute.int) };
  if ('float' in attribute) return { case: 'f', value: attribute.float };
  if ('bool' in attribute) return { case: 'b', value: attribute.bool };
  if ('string' in attribute) return { case: 's', value: new TextEncoder().encode(attribute.string) };
  if ('shape' in attribute) return { case: 'shape', value: tensorShape(attribute.shape) };
  const list = create(AttrValueSchema, {
    value: { case: 'list', value: { i: attribute.ints.map((entry) => BigInt(entry)) } },
  });
  return list.value;
}
