import { valueCount } from '../tensors/shape';
import type { LayerRule, TiedRule } from './block';
import type { kernelInitializer, useBias } from './layer-parameters';
import type { ParameterEntries } from './parameter';

interface DenseEntries extends ParameterEntries {
  readonly kernelInitializer: typeof kernelInitializer;
  readonly useBias: typeof useBias;
}

/**
 * A fully connected layer from however many values come in to however many go out: x · kernel + bias. It is its
 * own mirror with the two counts exchanged, so dense and code blocks use it for both halves.
 */
export const denseRule: LayerRule<DenseEntries> = {
  weights({ params, inputShape, outputShape }) {
    const fanIn = valueCount(inputShape);
    const fanOut = valueCount(outputShape);
    const kernel = {
      name: 'kernel',
      shape: [fanIn, fanOut],
      initializer: params.kernelInitializer,
      fanIn,
      fanOut,
    };
    if (!params.useBias) return [kernel];
    return [kernel, { name: 'bias', shape: [fanOut], initializer: 'zeros', fanIn: fanOut, fanOut }];
  },
  lower(ops, x, { params }) {
    const product = ops.matmul(x, ops.weight('kernel'));
    return params.useBias ? ops.biasAdd(product, ops.weight('bias')) : product;
  },
};

/** The mirror of a dense layer with that layer's own kernel: x · kernelᵀ + bias. */
export const tiedDenseRule: TiedRule<DenseEntries> = {
  shares: ['kernel'],
  asOwn: (name) => ({ name, transposed: true }),
  weights: (layer) => denseRule.weights(layer).filter(({ name }) => name !== 'kernel'),
  lower(ops, x, { params }) {
    const product = ops.matmulTransposed(x, ops.weight('kernel'));
    return params.useBias ? ops.biasAdd(product, ops.weight('bias')) : product;
  },
};
