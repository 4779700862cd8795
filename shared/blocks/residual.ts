import type { BlockDefinition } from './block';
import { convWeights } from './conv-weights';
import type { LayerOps } from './layer-ops';
import { activationEntry, kernelInitializer, useBias } from './layer-parameters';
import { integer, type ParameterValues } from './parameter';
import { pictureOf, slideWindows } from './spatial';

const params = {
  kernel: integer({
    label: 'Kernel',
    help: 'Side of the square window of both convolutions.',
    unit: 'px',
    min: 1,
    max: 64,
    default: 3,
  }),
  innerActivation: {
    ...activationEntry('relu'),
    label: 'Inner activation',
    help: 'The function between the two convolutions.',
  },
  activation: activationEntry('relu'),
  kernelInitializer,
  useBias,
};

/**
 * A residual block (He et al. 2016): f(x + w₂ ∗ g(w₁ ∗ x)), two convolutions that keep size and channels, g between
 * them, and f, the layer's activation, after the sum. Its mirror is the same of the two transposed convolutions.
 */
export const residual: BlockDefinition<typeof params> = {
  type: 'residual',
  role: 'layer',
  label: 'Residual',
  mirrorLabel: 'Residual',
  description: 'Adds two convolutions of a picture to the picture itself, so that deep stacks still learn.',
  params,
  accepts: 'picture',
  describe: ({ kernel }) => `2 · ${kernel}×${kernel}`,
  problems: () => [],
  outputShape: (_params, inputShape) => inputShape,
  encoder: {
    weights: ({ params, inputShape }) => bothWeights(params, pictureOf(inputShape)[2]),
    lower(ops, x, { params, inputShape }) {
      const { pads } = slideWindows(inputShape, params.kernel, 1, 'same');
      return lowered(ops, x, params, (from, kernel) => ops.conv2d(from, kernel, { stride: 1, pads }));
    },
  },
  mirror: {
    weights: ({ params, inputShape }) => bothWeights(params, pictureOf(inputShape)[2]),
    lower(ops, x, { params, outputShape }) {
      const [height, width] = pictureOf(outputShape);
      const { pads } = slideWindows(outputShape, params.kernel, 1, 'same');
      const options = { stride: 1, pads, outputSize: [height, width] } as const;
      return lowered(ops, x, params, (from, kernel) => ops.conv2dTranspose(from, kernel, options));
    },
  },
};

function bothWeights(options: Parameters<typeof convWeights>[0], channels: number) {
  return ['-1', '-2'].flatMap((suffix) => convWeights(options, channels, channels, channels, suffix));
}

function lowered<V>(
  ops: LayerOps<V>,
  x: V,
  { innerActivation, useBias }: ParameterValues<typeof params>,
  convolve: (from: V, kernel: V) => V,
): V {
  const convolved = (from: V, suffix: string) => {
    const y = convolve(from, ops.weight(`kernel${suffix}`));
    return useBias ? ops.biasAdd(y, ops.weight(`bias${suffix}`)) : y;
  };
  return ops.add(x, convolved(ops.activate(convolved(x, '-1'), innerActivation), '-2'));
}
