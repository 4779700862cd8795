import { type LayerOps, LEAKY_SLOPES } from '../../../shared/blocks/layer-ops';
import { transposedArray } from '../../../shared/tensors/transposed-array';
import type { Kernel } from './kernels';
import {
  kernelOf,
  type LayerSite,
  type LayersValue,
  NoSuchLayer,
  openOutputOf,
  outputOf,
  shapeOf,
} from './layer-site';
import { convolution, pool, transposedConvolution } from './layers-convolution';

const BIASED: ReadonlySet<string> = new Set(['Dense', 'Conv2D', 'Conv2DTranspose', 'DepthwiseConv2D']);

/**
 * Blocks' own lowering, written as layers of tfjs-layers.
 *
 * @param weight a weight of the layer, or of the one it shares it with
 * @throws NoSuchLayer for what these have not
 */
export function layersOps(site: LayerSite, weight: (name: string) => Kernel): LayerOps<LayersValue> {
  const put: LayerSite['put'] = (...making) => site.put(...making);
  const lacking = (what: string) => (): never => {
    throw new NoSuchLayer(what);
  };
  return {
    training: false,
    shapeOf,
    weight(wanted, shape) {
      const kernel = weight(wanted);
      return { kind: 'weight', data: kernel.data, shape: shape ?? kernel.shape };
    },
    matmul: (x, kernel) => openOutputOf(site.dense(x, kernelOf(kernel))),
    matmulTransposed(x, kernel) {
      const { shape, data } = kernelOf(kernel);
      return openOutputOf(site.dense(x, transposedArray(shape, data, [1, 0])));
    },
    add: (a, b) => outputOf(put({ className: 'Add', shape: shapeOf(a) }, [a, b], '_add')),
    mul: (a, b) => outputOf(put({ className: 'Multiply', shape: shapeOf(a) }, [a, b], '_multiply')),
    affine: (x, scale, offset) =>
      outputOf(
        put({ className: 'Rescaling', shape: shapeOf(x), config: { scale, offset } }, [x], '_rescale'),
      ),
    scaleChannels: lacking('scales its channels'),
    channelMeans: lacking('takes means over a batch'),
    placeMeans: lacking('takes means over channels'),
    inverseRoot: lacking('takes a root'),
    exp: lacking('takes an exponential'),
    clip: lacking('clips its values'),
    atLeast: lacking('compares its values with a threshold'),
    constant: lacking('gives out the same for every sample'),
    repeat: lacking('repeats its values'),
    random: lacking('draws random numbers'),
    assign: () => {},
    keep: () => {},
    alongAxis(x, axis, matrix) {
      const shape = shapeOf(x);
      const length = shape[axis] ?? 0;
      const mixing = { shape: [length, matrix.length / length], data: Float32Array.from(matrix) };
      if (axis === shape.length - 1) return outputOf(site.dense(x, mixing, '_mix'));
      const others = shape.map((_, at) => at + 1).filter((at) => at !== axis + 1);
      const dims = [...others, axis + 1];
      const mixed = outputOf(site.dense(site.permute(x, dims), mixing, '_mix'));
      const back = shape.map((_, at) => dims.indexOf(at + 1) + 1);
      return site.permute(mixed, back);
    },
    biasAdd(x, bias) {
      const { shape, data } = kernelOf(bias);
      const open = x.kind === 'output' ? x.open : undefined;
      if (open && BIASED.has(open.className) && !open.config.use_bias) {
        open.config.use_bias = true;
        open.weights.push({ name: 'bias', shape, data });
        return x;
      }
      if (shapeOf(x).length !== 3) throw new NoSuchLayer('adds a bias to what is no picture');
      return site.biased(x, { shape, data });
    },
    conv2d: (x, kernel, options) => convolution(site, x, kernelOf(kernel), options),
    conv2dTranspose: (x, kernel, options) => transposedConvolution(site, x, kernelOf(kernel), options),
    joinGroups(x, parts, groups) {
      const [height = 0, width = 0, channels = 0] = shapeOf(x);
      const apart = site.reshape(x, [height * width, parts, groups, channels / parts / groups]);
      return site.reshape(site.permute(apart, [1, 3, 2, 4]), [height, width, channels]);
    },
    maxPool2d: (x, options) => pool(site, x, 'MaxPooling2D', options),
    averagePool2d: (x, options) => pool(site, x, 'AveragePooling2D', options),
    upsampleNearest2d(x, [rows, columns]) {
      const [height = 0, width = 0, channels = 0] = shapeOf(x);
      const config = { size: [rows, columns], data_format: 'channels_last', interpolation: 'nearest' };
      const shape = [height * rows, width * columns, channels];
      return outputOf(put({ className: 'UpSampling2D', shape, config }, [x]));
    },
    slice(x, begin, size) {
      const [top = 0, left = 0, first = 0] = pictureOf(begin, 0);
      const [height = 0, width = 0, channels = 0] = pictureOf(shapeOf(x));
      const [rows = 0, columns = 0, kept = 0] = pictureOf(size);
      const cut = site.cropped(site.reshape(x, [height, width, channels]), [
        [top, height - top - rows],
        [left, width - left - columns],
      ]);
      return site.reshape(site.channelsCut(cut, first, channels - first - kept), size);
    },
    concat(parts, axis) {
      const [first = [], ...others] = parts.map(shapeOf);
      const length = [first, ...others].reduce((sum, shape) => sum + (shape[axis] ?? 0), 0);
      const making = {
        className: 'Concatenate',
        shape: first.with(axis, length),
        config: { axis: axis + 1 },
      };
      return outputOf(put(making, parts, '_concat'));
    },
    reshape: (x, shape) => site.reshape(x, shape),
    activate(x, activation) {
      if (activation === 'linear') return x;
      const shape = shapeOf(x);
      const alpha = LEAKY_SLOPES[activation];
      if (alpha !== undefined) {
        return outputOf(put({ className: 'LeakyReLU', shape, config: { alpha } }, [x], '_activation'));
      }
      // tfjs-layers' own names are those of Keras.
      if (x.kind === 'output' && x.open) {
        x.open.config.activation = activation;
        return outputOf(x.layer);
      }
      return outputOf(put({ className: 'Activation', shape, config: { activation } }, [x], '_activation'));
    },
  };
}

/** A shape of any sample, or a place in one, as that of a picture. */
function pictureOf(shape: readonly number[], filling = 1): number[] {
  return [...new Array<number>(3 - shape.length).fill(filling), ...shape];
}
