import type { BlockDefinition, LayerContext } from './block';
import { convWeights } from './conv-weights';
import { freezing } from './freezing';
import type { LayerOps } from './layer-ops';
import { activationEntry, kernelInitializer, useBias } from './layer-parameters';
import { integer, type ParameterValues } from './parameter';
import { weightPenalties } from './penalty-parameters';
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
  ...weightPenalties,
  ...freezing,
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
  alsoCalled: ['ResNet', 'shortcut', 'skip connection', 'identity block'],
  params,
  accepts: 'picture',
  describe: ({ kernel }) => `2 · ${kernel}×${kernel}`,
  problems: () => [],
  outputShape: (_params, inputShape) => inputShape,
  encoder: {
    weights: ({ params, inputShape }) => bothWeights(params, pictureOf(inputShape)[2]),
    lower(ops, x, { params, inputShape }) {
      const { pads } = slideWindows(inputShape, params.kernel, 1, 'same');
      const convolve = (from: typeof x, kernel: typeof x) => ops.conv2d(from, kernel, { stride: 1, pads });
      return lowered(ops, x, params, convolve, ['-1', '-2']);
    },
  },
  mirror: {
    weights: ({ params, inputShape }) => bothWeights(params, pictureOf(inputShape)[2]),
    lower: (ops, x, layer) => transposed(ops, x, layer, ['-1', '-2']),
  },
  tiedMirror: {
    shares: ['kernel-1', 'kernel-2'],
    asOwn: (name) => ({ name: name === 'kernel-1' ? 'kernel-2' : 'kernel-1', transposed: false }),
    weights: ({ params, inputShape }) =>
      bothWeights(params, pictureOf(inputShape)[2]).filter(({ name }) => name.startsWith('bias')),
    // The adjoint of two convolutions begins with the second.
    lower: (ops, x, layer) => transposed(ops, x, layer, ['-2', '-1']),
  },
};

function transposed<V>(
  ops: LayerOps<V>,
  x: V,
  { params: values, outputShape }: LayerContext<typeof params>,
  kernels: readonly [string, string],
): V {
  const [height, width] = pictureOf(outputShape);
  const { pads } = slideWindows(outputShape, values.kernel, 1, 'same');
  const options = { stride: 1, pads, outputSize: [height, width] } as const;
  const convolve = (from: V, kernel: V) => ops.conv2dTranspose(from, kernel, options);
  return lowered(ops, x, values, convolve, kernels);
}

function bothWeights(options: Parameters<typeof convWeights>[0], channels: number) {
  return ['-1', '-2'].flatMap((suffix) => convWeights(options, channels, channels, channels, suffix));
}

function lowered<V>(
  ops: LayerOps<V>,
  x: V,
  { innerActivation, useBias }: ParameterValues<typeof params>,
  convolve: (from: V, kernel: V) => V,
  [first, second]: readonly [string, string],
): V {
  const convolved = (from: V, kernel: string, bias: string) => {
    const y = convolve(from, ops.weight(`kernel${kernel}`));
    return useBias ? ops.biasAdd(y, ops.weight(`bias${bias}`)) : y;
  };
  return ops.add(x, convolved(ops.activate(convolved(x, first, '-1'), innerActivation), second, '-2'));
}
