import { onnxNode } from './onnx-nodes';
import type { OpDefinition } from './op';
import { expectRank, input } from './shape-rules';

/** The rows of the resident data at these indices. Inputs data (any dtype), indices (int32, [rows]). */
export const takeRows: OpDefinition = {
  name: 'takeRows',
  shape(inputs) {
    const [data, indices] = [input(inputs, 0), input(inputs, 1)];
    expectRank(indices, 1, 'The indices');
    if (indices.dtype !== 'int32') throw new Error(`Indices must be int32; ${indices.dtype} came.`);
    return { shape: [...indices.shape, ...data.shape.slice(1)], dtype: data.dtype };
  },
  gradient: () => [null, null],
  tensorflow(graph, { inputs }) {
    const [data, indices] = [input(inputs, 0), input(inputs, 1)];
    return graph.node('GatherV2', [graph.get(data), graph.get(indices), graph.int32(0)], {
      Tparams: { type: data.dtype },
      Tindices: { type: 'int32' },
      Taxis: { type: 'int32' },
    });
  },
  onnx: (graph, { inputs }) =>
    onnxNode(graph, 'Gather', [graph.get(input(inputs, 0)), graph.get(input(inputs, 1))], { axis: 0 }),
};
