import type { Shape } from '../../../shared/tensors/shape';
import type { KerasLayer, KerasValue } from './keras-layer';
import type { KerasNetwork } from './keras-layers';

/** What `model.to_json()` of Keras 3 gives for this network. */
export function kerasConfig({ layers, input, output }: KerasNetwork, name: string): object {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const config = {
    name,
    trainable: true,
    layers: layers.map((layer) => layerEntry(layer, (read) => byName.get(read)?.shape ?? [])),
    // One leaf, and no list of one: so Keras has it for a single tensor.
    input_layers: [input.name, 0, 0],
    output_layers: [output.name, 0, 0],
  };
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config,
    registered_name: 'Functional',
    build_config: { input_shape: null },
  };
}

function layerEntry(layer: KerasLayer, shapeOf: (name: string) => Shape) {
  const { className, name, inputs, shape } = layer;
  const tensors = inputs.map((read) => tensor(read, shapeOf(read)));
  const [first] = inputs;
  if (className === 'GetItem') {
    const args = [...tensors, channelsOf(layer)];
    const inbound_nodes = [{ args, kwargs: {} }];
    return {
      module: 'keras.src.ops.numpy',
      class_name: className,
      config: { name },
      registered_name: className,
      name,
      inbound_nodes,
    };
  }
  const isInput = first === undefined;
  const config = isInput
    ? { batch_shape: [null, ...shape], dtype: 'float32', sparse: false, ragged: false, name }
    : {
        name,
        ...(className.startsWith('SpatialDropout') ? {} : { trainable: true }),
        dtype: 'float32',
        ...completed(layer),
      };
  return {
    module: 'keras.layers',
    class_name: className,
    config,
    registered_name: null,
    ...(isInput || inputs.length > 1 ? {} : { build_config: { input_shape: [null, ...shapeOf(first)] } }),
    name,
    inbound_nodes: isInput ? [] : [{ args: inputs.length > 1 ? [tensors] : tensors, kwargs: {} }],
  };
}

function tensor(name: string, shape: Shape) {
  return {
    class_name: '__keras_tensor__',
    config: { shape: [null, ...shape], dtype: 'float32', keras_history: [name, 0, 0] },
  };
}

/** `[..., from:to]` */
function channelsOf({ channels: [start, stop] = [0, 0] }: KerasLayer) {
  return [
    { class_name: '__ellipsis__', config: {} },
    { class_name: '__slice__', config: { start, stop, step: null } },
  ];
}

/** The settings with the defaults that other readers of the file count on. */
function completed({ className, config }: KerasLayer): Readonly<Record<string, KerasValue>> {
  const axes = /([12])D/.exec(className)?.[1];
  if (axes === undefined) return { ...defaults[className], ...config };
  const pair = (value: KerasValue): KerasValue =>
    typeof value !== 'number' ? value : axes === '1' ? [value] : [value, value];
  const all: Record<string, KerasValue> = { ...defaults[className], ...config };
  if (/Pooling/.test(className)) all.strides ??= all.pool_size ?? null;
  for (const name of ['kernel_size', 'strides', 'dilation_rate', 'output_padding', 'pool_size']) {
    if (all[name] !== undefined) all[name] = pair(all[name]);
  }
  if (className === 'UpSampling2D') all.size = pair(all.size ?? 1);
  return all;
}

const windows = { strides: 1, padding: 'valid', data_format: 'channels_last', dilation_rate: 1 };
const product = { activation: 'linear', use_bias: true };
const pooling = { padding: 'valid', data_format: 'channels_last' };
const placed = { data_format: 'channels_last' };
const defaults: Readonly<Record<string, Readonly<Record<string, KerasValue>>>> = {
  Dense: product,
  Conv1D: { ...windows, groups: 1, ...product },
  Conv2D: { ...windows, groups: 1, ...product },
  DepthwiseConv1D: { ...windows, depth_multiplier: 1, ...product },
  DepthwiseConv2D: { ...windows, depth_multiplier: 1, ...product },
  Conv1DTranspose: { ...windows, ...product },
  Conv2DTranspose: { ...windows, ...product },
  MaxPooling1D: pooling,
  MaxPooling2D: pooling,
  AveragePooling1D: pooling,
  AveragePooling2D: pooling,
  UpSampling2D: { ...placed, interpolation: 'nearest' },
  ZeroPadding1D: placed,
  ZeroPadding2D: placed,
  Cropping2D: placed,
  SpatialDropout2D: placed,
  Flatten: placed,
  BatchNormalization: { axis: -1, center: true, scale: true },
  LayerNormalization: { axis: -1, center: true, scale: true },
  Concatenate: { axis: -1 },
  Rescaling: { offset: 0 },
};
