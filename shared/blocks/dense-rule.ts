import { valueCount } from '../tensors/shape';
import type { LayerRule } from './block';
import type { kernelInitializer, useBias } from './layer-parameters';

/**
 * A fully connected layer from however many values come in to however many go out: x · kernel + bias. It is its
 * own mirror with the two counts exchanged, so dense and code blocks use it for both halves.
 */
export const denseRule: LayerRule<{
  readonly kernelInitializer: typeof kernelInitializer;
  readonly useBias: typeof useBias;
}> = {
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
