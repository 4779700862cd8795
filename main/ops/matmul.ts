import { FLOAT, flagAttribute } from './attributes';
import { onnxNode } from './onnx-nodes';
import type { OpDefinition } from './op';
import { expectRank, expectShape, input } from './shape-rules';

/**
 * a · b of two matrices, each transposed first where `transposeA` or `transposeB` says so; with a third input, the
 * bias [columns], added to every row.
 */
export const matmul: OpDefinition = {
  name: 'matmul',
  shape(inputs, attributes) {
    const [a, b, bias] = [input(inputs, 0), input(inputs, 1), inputs[2]];
    expectRank(a, 2, 'The first matrix');
    expectRank(b, 2, 'The second matrix');
    const [rows = 0, innerA] = flagAttribute(attributes, 'transposeA') ? [...a.shape].reverse() : a.shape;
    const [innerB, columns = 0] = flagAttribute(attributes, 'transposeB') ? [...b.shape].reverse() : b.shape;
    if (innerA !== innerB) throw new Error(`[${a.shape}] · [${b.shape}] do not fit.`);
    if (bias) expectShape(bias.shape, [columns], 'The bias');
    return { shape: [rows, columns] };
  },
  gradient(build, { inputs, attributes }, dy) {
    const [a, b] = [input(inputs, 0), input(inputs, 1)];
    const transposeA = flagAttribute(attributes, 'transposeA');
    const transposeB = flagAttribute(attributes, 'transposeB');
    const da = transposeA
      ? build.add('matmul', [b, dy], { transposeA: transposeB, transposeB: true })
      : build.add('matmul', [dy, b], { transposeA: false, transposeB: !transposeB });
    const db = transposeB
      ? build.add('matmul', [dy, a], { transposeA: true, transposeB: transposeA })
      : build.add('matmul', [a, dy], { transposeA: !transposeA, transposeB: false });
    return inputs.length === 3 ? [da, db, build.add('reduceSum', [dy], { axes: [0] })] : [da, db];
  },
  tensorflow(graph, { inputs, attributes }) {
    const product = graph.node('MatMul', [graph.get(input(inputs, 0)), graph.get(input(inputs, 1))], {
      ...FLOAT,
      transpose_a: { bool: flagAttribute(attributes, 'transposeA') },
      transpose_b: { bool: flagAttribute(attributes, 'transposeB') },
    });
    const bias = inputs[2];
    return bias ? graph.node('BiasAdd', [product, graph.get(bias)], FLOAT) : product;
  },
  onnx: (graph, { inputs, attributes }) =>
    onnxNode(
      graph,
      'Gemm',
      inputs.map((value) => graph.get(value)),
      {
        transA: flagAttribute(attributes, 'transposeA') ? 1 : 0,
        transB: flagAttribute(attributes, 'transposeB') ? 1 : 0,
      },
    ),
};
