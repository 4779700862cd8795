import type { LayerRule } from './block';
import { denseRule } from './dense-rule';
import type { kernelInitializer, useBias } from './layer-parameters';
import { isVariational, type variationalCode } from './variational-parameters';

const LOG_VARIANCE = 'log-variance-';

/** Names by which a variational code's mean and log-variance are kept for the loss. */
export const MEAN = 'mean';
export const LOG_VARIANCE_KEPT = 'log-variance';

/**
 * The encoder's half of a code: a dense layer; or, variational (Kingma & Welling 2014), two of them, for the mean μ and
 * the logarithm of the variance σ². Training gives out μ + σ·ε, ε standard normal; else the code is μ.
 */
export const codeRule: LayerRule<
  {
    readonly kernelInitializer: typeof kernelInitializer;
    readonly useBias: typeof useBias;
  } & typeof variationalCode
> = {
  weights(layer) {
    const weights = denseRule.weights(layer);
    if (!isVariational(layer.params)) return weights;
    return [...weights, ...weights.map((weight) => ({ ...weight, name: `${LOG_VARIANCE}${weight.name}` }))];
  },
  lower(ops, x, layer) {
    const mean = denseRule.lower(ops, x, layer);
    if (!isVariational(layer.params)) return mean;
    const product = ops.matmul(x, ops.weight(`${LOG_VARIANCE}kernel`));
    const logVariance = layer.params.useBias
      ? ops.biasAdd(product, ops.weight(`${LOG_VARIANCE}bias`))
      : product;
    ops.keep(MEAN, mean);
    ops.keep(LOG_VARIANCE_KEPT, logVariance);
    if (!ops.training) return mean;
    const deviation = ops.exp(ops.affine(logVariance, 0.5, 0));
    return ops.add(mean, ops.mul(deviation, ops.random('code', layer.outputShape, 'normal')));
  },
};
