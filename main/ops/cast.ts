import { onnxNode } from './onnx-nodes';
import type { OpDefinition } from './op';
import { input } from './shape-rules';

/** ONNX's number for float32. */
const ONNX_FLOAT = 1;

/** Whole numbers as float32; no gradient flows. */
export const cast: OpDefinition = {
  name: 'cast',
  shape: (inputs) => ({ shape: input(inputs, 0).shape }),
  gradient: () => [null],
  tensorflow(graph, { inputs }) {
    const x = input(inputs, 0);
    return graph.node('Cast', [graph.get(x)], { SrcT: { type: x.dtype }, DstT: { type: 'float32' } });
  },
  onnx: (graph, { inputs }) => onnxNode(graph, 'Cast', [graph.get(input(inputs, 0))], { to: ONNX_FLOAT }),
};
