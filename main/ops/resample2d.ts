import { FLOAT } from './attributes';
import { onnxNode } from './onnx-nodes';
import type { OpDefinition } from './op';
import type { Value } from './program';
import { expectRank, expectShape, input } from './shape-rules';

/**
 * Pictures read anew from places of their own. Inputs pictures [batch, height, width, channels] and transforms [batch, 6],
 * the numbers a, b, c, d, e, f of each picture: what is to stand in column x and row y is read at column a·x + b·y + c and
 * row d·x + e·y + f, bilinearly between pixels; beyond an edge the edge goes on. It is for samples as they come in, so that
 * no gradient is defined: the compiler says so where one is wanted.
 */
export const resample2d: OpDefinition = {
  name: 'resample2d',
  shape(inputs) {
    const { pictures, transforms } = read(inputs);
    expectRank(pictures, 4, 'The pictures');
    if (pictures.dtype !== 'float32') throw new Error(`Pictures must be float32; ${pictures.dtype} came.`);
    expectShape(transforms.shape, [pictures.shape[0] ?? 0, 6], 'The transforms');
    return { shape: pictures.shape };
  },
  tensorflow(graph, { inputs, output }) {
    const { pictures, transforms } = read(inputs);
    // TensorFlow's are projective: two more numbers, which are 0 in affine ones.
    const projective = graph.node('Pad', [graph.get(transforms), graph.int32([0, 0, 0, 2], [2, 2])], {
      ...FLOAT,
      Tpaddings: { type: 'int32' },
    });
    const size = graph.int32(output.shape.slice(1, 3));
    return graph.node('ImageProjectiveTransformV3', [graph.get(pictures), projective, size, graph.float(0)], {
      dtype: { type: 'float32' },
      interpolation: { string: 'BILINEAR' },
      fill_mode: { string: 'NEAREST' },
    });
  },
  onnx(graph, { inputs }) {
    const { pictures, transforms } = read(inputs);
    const [, height = 0, width = 0] = pictures.shape;
    const { matrix, count } = gridMatrix(height, width);
    const flat = onnxNode(graph, 'Gemm', [
      graph.get(transforms),
      graph.float(matrix, [6, 2 * count]),
      graph.float(-1, [1]),
    ]);
    const grid = onnxNode(graph, 'Reshape', [flat, graph.int64([-1, height, width, 2])]);
    const name = onnxNode(graph, 'GridSample', [graph.get(pictures, 'channelsFirst'), grid], {
      mode: 'bilinear',
      padding_mode: 'border',
      align_corners: 1,
    });
    return { name, layout: 'channelsFirst' };
  },
};

function read(inputs: readonly Value[]) {
  return { pictures: input(inputs, 0), transforms: input(inputs, 1) };
}

/**
 * The matrix [6, places × 2] that makes a transform's numbers into the places it reads from, column and row of each, in ONNX's
 * scale, where 0 is the first pixel and 2 the last one (1 is still to be taken off).
 */
function gridMatrix(height: number, width: number) {
  const count = height * width;
  const matrix = Array<number>(6 * 2 * count).fill(0);
  const scales = [2 / Math.max(1, width - 1), 2 / Math.max(1, height - 1)];
  for (let place = 0; place < count; place++) {
    const [x, y] = [place % width, Math.floor(place / width)];
    scales.forEach((scale, axis) => {
      [x, y, 1].forEach((factor, term) => {
        matrix[(3 * axis + term) * 2 * count + 2 * place + axis] = factor * scale;
      });
    });
  }
  return { matrix, count };
}
