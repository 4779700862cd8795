import type { Shape } from '../../../shared/tensors/shape';
import type { Kernel } from './kernels';
import type { LayerMaking, Network, NetworkLayer } from './network';

/** What LayersModel has no layer for. */
export class NoSuchLayer extends Error {
  override readonly name = 'NoSuchLayer';
}

/**
 * A value of the network that is put together: what a layer gives out, or a weight. `open` is a layer whose bias and activation
 * can still be set, as nothing but moving and leaving out was done behind it.
 */
export type LayersValue =
  | { readonly kind: 'output'; readonly layer: NetworkLayer; readonly open?: NetworkLayer }
  | ({ readonly kind: 'weight' } & Kernel);

/** What is put before and after each spatial axis, or cut from it. */
export type Edges = readonly (readonly [before: number, after: number])[];

/** @throws NoSuchLayer where a weight is given */
function layerOf(x: LayersValue): NetworkLayer {
  if (x.kind === 'output') return x.layer;
  throw new NoSuchLayer('takes a weight by itself');
}

/** @throws NoSuchLayer where it depends on the sample */
export function kernelOf(x: LayersValue): Kernel {
  if (x.kind === 'weight') return x;
  throw new NoSuchLayer('multiplies two values that both depend on the sample');
}

export function shapeOf(x: LayersValue): Shape {
  return x.kind === 'output' ? x.layer.shape : x.shape;
}

/** What a layer gives out. @param open whose bias and activation can still be set */
export function outputOf(layer: NetworkLayer, open?: NetworkLayer): LayersValue {
  return { kind: 'output', layer, ...(open ? { open } : {}) };
}

/** What a layer gives out whose own bias and activation can still be set. */
export function openOutputOf(layer: NetworkLayer): LayersValue {
  return outputOf(layer, layer);
}

/** Where the layers of tfjs-layers are put that one layer of a plan becomes. */
export class LayerSite {
  /** @param name what they are called */
  constructor(
    private readonly network: Network,
    private readonly name: string,
  ) {}

  /** Adds a layer that reads these values. @param suffix of its name, where it only prepares or finishes another's work */
  put(making: Omit<LayerMaking, 'name'>, inputs: readonly LayersValue[], suffix = ''): NetworkLayer {
    return this.network.add({ ...making, name: `${this.name}${suffix}` }, ...inputs.map(layerOf));
  }

  reshape(x: LayersValue, shape: Shape): LayersValue {
    if (x.kind === 'weight') return { ...x, shape };
    if (String(x.layer.shape) === String(shape)) return x;
    const config = { target_shape: [...shape] };
    return outputOf(this.put({ className: 'Reshape', shape, config }, [x], '_reshape'), x.open);
  }

  /** @param dims which axis comes first, second, …, counted from 1 */
  permute(x: LayersValue, dims: readonly number[]): LayersValue {
    const shape = dims.map((axis) => shapeOf(x)[axis - 1] ?? 0);
    return outputOf(this.put({ className: 'Permute', shape, config: { dims: [...dims] } }, [x], '_permute'));
  }

  /** Along the last axis. */
  dense(x: LayersValue, { shape: [, units = 0], data }: Kernel, suffix = ''): NetworkLayer {
    const making = {
      className: 'Dense',
      shape: [...shapeOf(x).slice(0, -1), units],
      config: { units, activation: 'linear', use_bias: false },
      weights: [{ name: 'kernel', shape: [data.length / units, units], data }],
    };
    return this.put(making, [x], suffix);
  }

  padded(x: LayersValue, edges: Edges): LayersValue {
    // A bias and an activation would have to act on the zeros, too.
    return this.#around(x, edges, { className: 'ZeroPadding2D', key: 'padding', suffix: '_pad', sign: 1 });
  }

  cropped(x: LayersValue, edges: Edges): LayersValue {
    const cut = this.#around(x, edges, {
      className: 'Cropping2D',
      key: 'cropping',
      suffix: '_crop',
      sign: -1,
    });
    return cut.kind === 'output' && x.kind === 'output' ? outputOf(cut.layer, x.open) : cut;
  }

  /** Leaves channels out: to a layer that is told a picture's axes in another order, they are its last axis. */
  channelsCut(x: LayersValue, before: number, after: number): LayersValue {
    if (before === 0 && after === 0) return x;
    const [height = 0, width = 0, channels = 0] = shapeOf(x);
    const nothing = [0, 0];
    const config = { cropping: [nothing, [before, after]], data_format: 'channels_first' };
    const shape = [height, width, channels - before - after];
    return outputOf(this.put({ className: 'Cropping2D', shape, config }, [x], '_part'));
  }

  /** Adds a bias to pictures by a layer of its own: each channel convolved with 1 alone. */
  biased(x: LayersValue, { shape, data }: Kernel): LayersValue {
    const [channels = 0] = shape;
    const config = {
      kernel_size: [1, 1],
      strides: [1, 1],
      padding: 'valid',
      data_format: 'channels_last',
      depth_multiplier: 1,
      activation: 'linear',
      use_bias: true,
    };
    const ones = new Float32Array(channels).fill(1);
    const weights = [
      { name: 'depthwise_kernel', shape: [1, 1, channels, 1], data: ones },
      { name: 'bias', shape, data },
    ];
    const making = { className: 'DepthwiseConv2D', shape: shapeOf(x), config, weights };
    return openOutputOf(this.put(making, [x], '_bias'));
  }

  #around(
    x: LayersValue,
    edges: Edges,
    {
      className,
      key,
      suffix,
      sign,
    }: {
      readonly className: string;
      readonly key: string;
      readonly suffix: string;
      readonly sign: number;
    },
  ): LayersValue {
    if (edges.flat().every((edge) => edge === 0)) return x;
    const [height = 0, width = 0, channels = 0] = shapeOf(x);
    const [rows = 0, columns = 0] = edges.map(([before, after]) => sign * (before + after));
    const config = { [key]: edges, data_format: 'channels_last' };
    const making = { className, shape: [height + rows, width + columns, channels], config };
    return outputOf(this.put(making, [x], suffix));
  }
}
