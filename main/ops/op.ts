import type { ProgramNode, Value } from './program';

type Attribute = number | string | boolean | readonly number[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** What a gradient rule may build with: it adds nodes to the Program and returns their output. */
export interface GraphBuilder {
  add(op: string, inputs: readonly Value[], attributes?: Attributes): Value;
  /** A float32 constant. */
  constant(values: number | readonly number[], shape?: readonly number[]): Value;
}

export type TensorFlowAttribute =
  | { readonly type: 'float32' | 'int32' | 'int64' | 'uint8' | 'bool' | 'resource' }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly ints: readonly number[] }
  | { readonly shape: readonly number[] };

/** Where an op's TensorFlow nodes are written. Tensors are named `node:0`. */
export interface TensorFlowGraph {
  /** Adds a node; returns the name of its first output (`conv-1/Conv2D_3:0`). */
  node(
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, TensorFlowAttribute>>,
  ): string;
  /** The i-th output of the node whose first output this is. */
  output(tensor: string, index: number): string;
  float(values: number | readonly number[], shape?: readonly number[]): string;
  int32(values: number | readonly number[], shape?: readonly number[]): string;
  /** The tensor that holds a value. */
  get(value: Value): string;
}

export type Layout = 'channelsLast' | 'channelsFirst';
export type OnnxAttribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] };

/**
 * Where an op's ONNX nodes are written (opset 17). A value may exist channels-last, channels-first or both:
 * `get` transposes once where the wanted layout is missing, so that whole convolutional regions stay
 * channels-first. Only values of rank 4 have a channels-first form.
 */
export interface OnnxGraph {
  /** Whether each op is to be the node of its name, as other programs know it, and not what ONNX Runtime runs fastest. */
  readonly plain?: boolean;
  /** Adds a node and returns its outputs' names. Integer attributes are plain numbers, floats `{ float }`. */
  node(
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    outputs?: number,
  ): string[];
  float(values: number | readonly number[], shape?: readonly number[]): string;
  int64(values: number | readonly number[], shape?: readonly number[]): string;
  get(value: Value, layout?: Layout): string;
  /** The layout a value was made in, the cheapest to read it in. */
  layoutOf(value: Value): Layout;
  /** Whether a value is there in a layout, made so or asked for so before. */
  has(value: Value, layout: Layout): boolean;
}

/** One differentiable operation. One file an op, in `main/ops`, and one line in `main/ops/catalogue.ts`. */
export interface OpDefinition {
  readonly name: string;
  /** The shape (and dtype, float32 unless told) of the output. Throws where the inputs do not fit. */
  shape(
    inputs: readonly Value[],
    attributes: Attributes,
  ): { shape: readonly number[]; dtype?: Value['dtype'] };
  /**
   * The gradients with respect to each input, built from other ops; null where none flows (indices, integer
   * data). Absent: not differentiable, and the compiler says so if one is wanted.
   */
  gradient?(build: GraphBuilder, node: ProgramNode, outputGradient: Value): readonly (Value | null)[];
  tensorflow(graph: TensorFlowGraph, node: ProgramNode): string;
  /** Returns the output's name and the layout it is in (channels last unless told). */
  onnx(graph: OnnxGraph, node: ProgramNode): string | { name: string; layout: Layout };
}
