import type { Initializer, WeightSpec } from './layer-ops';

interface KernelOptions {
  /** Side of the square kernel, or its length. */
  readonly kernel: number;
  readonly kernelInitializer: Initializer;
  readonly useBias: boolean;
  /** 1: the kernel has a length alone. */
  readonly axes?: 1 | 2;
}

/**
 * A kernel k × k × `penultimate` × `last` (with one axis k × `penultimate` × `last`) and its bias, one number for each of
 * the `channels` that come out. Fans as Keras' `compute_fans` counts them, from the last two lengths, also for the
 * transposed kernel, whose output channels come last but one.
 *
 * @param suffix what tells the weights of several convolutions in one layer apart: `kernel-2`, `bias-2`
 */
export function convWeights(
  { kernel, kernelInitializer, useBias, axes = 2 }: KernelOptions,
  penultimate: number,
  last: number,
  channels: number,
  suffix = '',
): readonly WeightSpec[] {
  const field = kernel ** axes;
  const spec = {
    name: `kernel${suffix}`,
    shape: [...new Array<number>(axes).fill(kernel), penultimate, last],
    initializer: kernelInitializer,
    fanIn: field * penultimate,
    fanOut: field * last,
  };
  if (!useBias) return [spec];
  const bias = { name: `bias${suffix}`, shape: [channels], initializer: 'zeros' } as const;
  return [spec, { ...bias, fanIn: channels, fanOut: channels }];
}
