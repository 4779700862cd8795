import { FLOAT } from './attributes';
import { commonLayout, onnxNode } from './onnx-nodes';
import type { Layout, OnnxGraph, OpDefinition, TensorFlowGraph } from './op';
import type { ProgramNode } from './program';
import { expectShape, input } from './shape-rules';

interface Elementwise {
  readonly name: string;
  /** How many inputs; all have one shape, or are scalars (shape []). */
  readonly arity: 1 | 2;
  readonly gradient?: OpDefinition['gradient'];
  /** A TensorFlow op's name, or how it is put together from several (`b` is empty where the arity is 1). */
  readonly tensorflow: string | ((graph: TensorFlowGraph, a: string, b: string, node: ProgramNode) => string);
  /** The same for ONNX. Constants must be scalars, so that the layout does not matter. */
  readonly onnx: string | ((graph: OnnxGraph, a: string, b: string, node: ProgramNode) => string);
}

/** An op that treats every element alike, so that it works in either layout. */
export function elementwise(op: Elementwise): OpDefinition {
  const { tensorflow, onnx } = op;
  return {
    name: op.name,
    shape(inputs) {
      if (inputs.length !== op.arity)
        throw new Error(`${op.name} takes ${op.arity} inputs; ${inputs.length} came.`);
      const whole = inputs.find((value) => value.shape.length > 0) ?? input(inputs, 0);
      for (const value of inputs) {
        if (value.dtype !== 'float32') throw new Error(`${op.name} takes float32 only; ${value.dtype} came.`);
        if (value.shape.length > 0) expectShape(value.shape, whole.shape, `An operand of ${op.name}`);
      }
      return { shape: whole.shape };
    },
    ...(op.gradient ? { gradient: op.gradient } : {}),
    tensorflow(graph, node) {
      const inputs = node.inputs.map((value) => graph.get(value));
      if (typeof tensorflow === 'string') return graph.node(tensorflow, inputs, FLOAT);
      const [a = '', b = ''] = inputs;
      return tensorflow(graph, a, b, node);
    },
    onnx(graph, node) {
      const layout = layoutFor(graph, node);
      const inputs = node.inputs.map((value) =>
        graph.get(value, value.shape.length === 4 ? layout : undefined),
      );
      if (typeof onnx === 'string') return { name: onnxNode(graph, onnx, inputs), layout };
      const [a = '', b = ''] = inputs;
      return { name: onnx(graph, a, b, node), layout };
    },
  };
}

/**
 * ONNX Runtime broadcasts a scalar (an input, or a constant of the op's own) one element at a time where the last
 * axis has length 1: pictures of one channel are read channels-first, which for them is the same order of numbers.
 */
function layoutFor(graph: OnnxGraph, { inputs, output }: ProgramNode): Layout {
  const hasOneChannel = !graph.plain && output.shape.length === 4 && output.shape[3] === 1;
  return hasOneChannel ? 'channelsFirst' : commonLayout(graph, inputs);
}
