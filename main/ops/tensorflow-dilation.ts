import { FLOAT } from './attributes';
import type { TensorFlowGraph } from './op';
import type { Axis, Windows } from './windows';

/*
 * TensorFlow's gradients of a convolution know no dilation on a CPU, but its convolution does. A dilated kernel moves by
 * steps of 1, so that both gradients are convolutions once more.
 */

const ORDER = { ...FLOAT, Tperm: { type: 'int32' } } as const;

/** The output gradient, padded, convolved with the kernel turned by half a turn, its channels and filters exchanged. */
export function dilatedInputGradient(
  graph: TensorFlowGraph,
  dy: string,
  kernel: string,
  { height, width }: Windows,
): string {
  const turned = graph.node('ReverseV2', [kernel, graph.int32([0, 1])], {
    ...FLOAT,
    Tidx: { type: 'int32' },
  });
  const exchanged = graph.node('Transpose', [turned, graph.int32([0, 1, 3, 2])], ORDER);
  const padsOf = ({ window, dilation, before, after }: Axis) => {
    const reach = (window - 1) * dilation;
    return [reach - before, reach - after];
  };
  return graph.node('Conv2D', [dy, exchanged], {
    ...FLOAT,
    strides: { ints: [1, 1, 1, 1] },
    dilations: { ints: [1, height.dilation, width.dilation, 1] },
    padding: { string: 'EXPLICIT' },
    explicit_paddings: { ints: [0, 0, ...padsOf(height), ...padsOf(width), 0, 0] },
  });
}

/** Channels in the place of samples: the pictures convolved with the output gradient, in steps of the dilation. */
export function dilatedKernelGradient(
  graph: TensorFlowGraph,
  x: string,
  dy: string,
  { height, width }: Windows,
): string {
  const pictures = graph.node('Transpose', [x, graph.int32([3, 1, 2, 0])], ORDER);
  const kernel = graph.node('Transpose', [dy, graph.int32([1, 2, 0, 3])], ORDER);
  const swapped = graph.node('Conv2D', [pictures, kernel], {
    ...FLOAT,
    strides: { ints: [1, height.dilation, width.dilation, 1] },
    padding: { string: 'EXPLICIT' },
    explicit_paddings: { ints: [0, 0, height.before, height.after, width.before, width.after, 0, 0] },
  });
  return graph.node('Transpose', [swapped, graph.int32([1, 2, 0, 3])], ORDER);
}
